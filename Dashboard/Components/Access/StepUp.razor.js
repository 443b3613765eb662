// Opens the dialog and answers true once the server took the password, false when it was cancelled.
export const ask = (dialog, token, page) => {
  const form = dialog.querySelector('form');
  const password = form.querySelector('input[type=password]');
  const fault = form.querySelector('[data-fault]');
  const say = text => {
    fault.hidden = !text;
    fault.textContent = text;
  };
  const end = confirmed => {
    password.value = '';
    if (dialog.open) {
      dialog.close();
    }
    page.invokeMethodAsync('Answer', confirmed).catch(() => {});
  };

  say('');
  form.onsubmit = async event => {
    event.preventDefault();
    try {
      const reply = await fetch(form.action, { method: 'POST', body: new URLSearchParams({ password: password.value }), headers: { RequestVerificationToken: token } });
      if (reply.status === 204) {
        end(true);
      } else {
        say(reply.status === 403 ? await reply.text() : 'You are signed out, or this page was open for too long. Load it again.');
        password.select();
      }
    } catch {
      say('The console does not answer. Try again in a moment.');
    }
  };
  form.querySelector('[data-cancel]').onclick = () => end(false);
  dialog.oncancel = () => end(false);
  if (!dialog.open) {
    dialog.showModal();
  }
  password.focus();
};
