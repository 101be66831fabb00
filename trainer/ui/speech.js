(line) => {
  const speech = window.speechSynthesis;
  const stop = () => speech && speech.cancel();
  if (window.whHush) document.removeEventListener("input", window.whHush, true);
  window.whHush = stop; // whoever starts to type interrupts, as on the telephone
  document.addEventListener("input", stop, true);
  if (!line) { stop(); return; }
  const store = window.sessionStorage;
  const mark = `wh-spoken/${line.call}`;
  if (Number(store.getItem(mark) || -1) >= line.turn) return;
  const female = /anna|petra|helena|hedda|katja|vicki|marlene|sandy|shelley|flo|female|frau|weiblich/i;
  const male = /stefan|markus|yannick|conrad|viktor|hans|martin|reed|rocko|eddy|\bmale|mann|männlich/i;
  const choose = (voices) => {
    const german = voices.filter((v) => v.localService && /^de\b/i.test(v.lang));
    const wanted = line.female ? female : male;
    const other = line.female ? male : female;
    return german.find((v) => wanted.test(v.name))
      || german.find((v) => !other.test(v.name)) || german[0];
  };
  const speak = (tries) => {
    const voices = speech ? speech.getVoices() : [];
    if (!voices.length && speech && tries > 0) { window.setTimeout(speak, 150, tries - 1); return; }
    const voice = choose(voices);
    const note = document.querySelector(".wh-novoice");
    if (note) note.classList.toggle("wh-shown", !voice);
    if (!voice) return;
    store.setItem(mark, String(line.turn));
    const said = new SpeechSynthesisUtterance(line.text);
    const fits = (line.female ? female : male).test(voice.name);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = line.rate;
    said.pitch = line.pitch * (fits ? 1 : line.female ? 1.15 : 0.85);
    speech.cancel();
    speech.speak(said);
  };
  speak(10);
}
