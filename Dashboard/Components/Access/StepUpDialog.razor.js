// Opens the dialog. Returns true once the server accepted the password, or the person says that they signed in at the provider; false when
// it was cancelled.
export const ask = (dialog, token, page) => {
  const password = dialog.querySelector('input[type=password]');
  const end = confirmed => {
    if (password) {
      password.value = '';
    }
    if (dialog.open) {
      dialog.close();
    }
    page.invokeMethodAsync('Answer', confirmed).catch(() => {});
  };

  if (password) {
    askForPassword(password, token, end);
  } else {
    // That confirms nothing: the act asks the server again.
    dialog.querySelector('[data-done]').onclick = () => end(true);
  }
  dialog.querySelector('[data-cancel]').onclick = () => end(false);
  dialog.oncancel = () => end(false);
  if (!dialog.open) {
    dialog.showModal();
  }
  password?.focus();
};

const askForPassword = (password, token, end) => {
  const form = password.form;
  const fault = form.querySelector('[data-fault]');
  const say = text => {
    fault.hidden = !text;
    fault.textContent = text;
  };

  say('');
  form.onsubmit = async event => {
    event.preventDefault();
    try {
      const reply = await fetch(form.action, { method: 'POST', body: new URLSearchParams({ password: password.value }), headers: { RequestVerificationToken: token } });
      if (reply.status === 204) {
        end(true);
      } else {
        say(reply.status === 403 || reply.status === 429 ? await reply.text() : 'You are signed out, or this page was open for too long. Load it again.');
        password.select();
      }
    } catch {
      say('The console does not answer. Try again in a moment.');
    }
  };
};
