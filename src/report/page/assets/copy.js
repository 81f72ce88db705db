// A button beside each command that copies it.
for (const text of document.querySelectorAll('code.copy, #causes > pre, .cause pre')) {
  const button = element('button', { type: 'button', className: 'copy', textContent: 'Copy' });
  const words = text.textContent;
  button.setAttribute('aria-label', `Copy: ${words.split('\n')[0]}`);
  button.addEventListener('click', async () => {
    button.textContent = (await copied(words)) ? 'Copied' : 'Not copied';
  });
  if (text.matches('pre')) {
    const box = element('div', { className: 'copyable' });
    text.replaceWith(box);
    box.append(text, button);
  } else text.after(button);
}

/** Puts a text on the clipboard; by the old way where the new one is refused, as to pages that are files. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element('textarea', { value: text, className: 'skip' });
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
