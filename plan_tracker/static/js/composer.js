/* The composer: says when the text is saved, and takes only the words that are marked. htmx saves; without it, the button. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]"), turn = 0;
  if (!form) { return; }
  function state() { return document.getElementById("save-state"); }
  form.addEventListener("input", function () { turn += 1; });
  form.addEventListener("htmx:beforeRequest", function () { form.dataset.turn = turn; });
  form.addEventListener("section-saved", function () { form.dataset.saved = form.dataset.turn; });
  form.addEventListener("htmx:afterRequest", function (event) {
    var saved = form.dataset.saved === form.dataset.turn, status = event.detail.xhr.status;
    form.classList.toggle("is-unsaved", !saved || turn > Number(form.dataset.turn));
    if (!saved && status !== 409 && status !== 422) {
      state().dataset.unsaved = form.dataset.lost;
      window.setTimeout(function () { if (form.classList.contains("is-unsaved")) { window.htmx.trigger(form, "retry"); } }, 15000);
    }
  });
  // Words that are marked inside a passage are taken alone.
  form.addEventListener("mousedown", function (event) {
    var button = event.target.closest("[data-take]"), chosen = window.getSelection();
    if (!button) { return; }
    var inside = chosen.rangeCount && button.closest("article").contains(chosen.getRangeAt(0).commonAncestorContainer);
    form.elements.selected.value = inside ? String(chosen) : "";
  });
}());
