"""A4 paper with the app's typefaces and colours; what is drawn on it is decided elsewhere."""

from functools import cached_property
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

INK, MUTED, ACCENT, LINE = (28, 42, 41), (86, 100, 98), (11, 107, 102), (221, 215, 202)
SOFT, GOOD, WARN, BAD = (220, 239, 236), (31, 107, 59), (138, 82, 0), (165, 40, 31)
MARGIN_MM = 18.0
WIDTH_MM = 210 - 2 * MARGIN_MM
BOTTOM_MM = 18.0
_UNKNOWN = "?"


class Sheet(FPDF):
    """A document in Source Sans and Source Serif, both embedded as subsets."""

    def __init__(self, footer: str) -> None:
        """Opens an empty document.

        Args:
            footer: Stands at the foot of each page, before the page number.
        """
        super().__init__(format="A4")
        self.c_margin = 0  # text stands flush with bars and boxes
        self._foot = footer
        self.set_margins(MARGIN_MM, 16, MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=BOTTOM_MM)
        sans = files("font_source_sans_pro") / "files"
        serif = files("font_source_serif_pro") / "files"
        self.add_font("sans", "", str(sans / "SourceSansPro-Regular.ttf"))
        self.add_font("sans", "B", str(sans / "SourceSansPro-Semibold.ttf"))
        self.add_font("sans", "I", str(sans / "SourceSansPro-It.ttf"))
        self.add_font("serif", "", str(serif / "SourceSerifPro-Semibold.ttf"))

    def footer(self) -> None:
        """Draws the foot; fpdf2 calls it for each page."""
        self.set_y(-12)
        self.style(8, MUTED)
        self.cell(WIDTH_MM / 2, 4, self.known(self._foot))
        self.cell(WIDTH_MM / 2, 4, f"{self.page_no()} / {{nb}}", align="R")

    @cached_property
    def _glyphs(self) -> frozenset[int]:
        sans = self.fonts["sans"]
        return frozenset(sans.cmap) if isinstance(sans, TTFFont) else frozenset()

    def known(self, text: str) -> str:
        """Returns a text with a question mark for each character the typeface has not."""
        return "".join(c if c == "\n" or ord(c) in self._glyphs else _UNKNOWN for c in text)

    def style(
        self,
        size: float,
        colour: tuple[int, int, int] = INK,
        *,
        face: str = "sans",
        weight: str = "",
    ) -> None:
        """Chooses typeface, size in points and colour."""
        self.set_font(face, weight, size)
        self.set_text_color(*colour)

    def write_block(
        self, text: str, *, width: float = 0, height: float = 4.6, indent: float = 0
    ) -> None:
        """Writes a paragraph and goes to the line under it.

        Args:
            text: Any text; never read as markup.
            width: In millimetres; 0 goes to the right margin.
            height: Of a line, in millimetres.
            indent: From where the pen is, in millimetres.
        """
        self.set_x(self.x + indent)
        self.multi_cell(
            width, height, self.known(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def height_of(self, text: str, width: float, height: float) -> float:
        """Returns how high a paragraph would be, in millimetres."""
        found = self.multi_cell(
            width, height, self.known(text), align="L", dry_run=True, output="HEIGHT"
        )
        return float(str(found))

    def heading(self, text: str) -> None:
        """Writes the heading of a section and keeps it together with what follows."""
        self.ln(4)
        if self.y > self.page_break_trigger - 30:
            self.add_page()
        self.style(13, face="serif")
        self.write_block(text, height=6)
        self.ln(1)

    def bar(self, x: float, y: float, width: float, *, level: int) -> None:
        """Draws five steps, the reached ones filled."""
        step = (width - 4) / 5
        for number in range(5):
            self.set_fill_color(*(ACCENT if number < level else LINE))
            self.rect(
                x + number * (step + 1),
                y,
                step,
                1.8,
                style="F",
                round_corners=True,
                corner_radius=0.9,
            )
