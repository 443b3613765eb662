// The secret follows the # of the link, which is never sent: it goes into the form, and is removed from the address and the history.
const field = document.getElementById('secret');
const secret = location.hash.slice(1);
if (field && secret) {
  field.value = secret;
  history.replaceState(null, '', location.pathname);
}
if (field?.value) {
  field.closest('[data-secret]').hidden = true;
}
(document.getElementById('name') ?? document.getElementById('password'))?.focus();
