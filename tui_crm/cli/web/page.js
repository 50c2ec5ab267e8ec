// Keys belong to the terminal from the first moment on, without a click.
addEventListener("load", () => {
  const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
  setTimeout(focus, 0);
  addEventListener("focus", focus);
});
