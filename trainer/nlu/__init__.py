"""The ear: cuts a turn into functional segments and recognises their dialogue acts."""
