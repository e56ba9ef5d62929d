// Menus close when one looks elsewhere, and with Escape; notices when they are dismissed.

const openMenus = () => document.querySelectorAll('details.menu[open], details.sheet[open]');

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  const dismissed = event.target.closest('[data-dismiss]')?.closest('.notice');
  if (dismissed) {
    dismissed.remove();
    document.getElementById('main').focus();
  }
  if (event.target.closest('[data-print]')) print();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});
