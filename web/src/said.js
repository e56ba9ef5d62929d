// Words for screen readers: layout.html holds the live region, and the words that scripts may say in it.

const said = document.getElementById('said');

export function say(words) {
  said.textContent = '';
  requestAnimationFrame(() => { said.textContent = words; });
}

// The words of that name: data-copied="Copied".
export const word = (name) => said.dataset[name] ?? '';
