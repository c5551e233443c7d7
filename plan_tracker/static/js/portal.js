/* Small comforts on top of pages that work without it: whole rows that open, a word about unsaved text,
   menus that close. Nothing here saves, sends or loads anything by itself. */
(function () {
  "use strict";

  function closest(target, selector) {
    return target instanceof Element ? target.closest(selector) : null;
  }

  // A row that has one link marked .row-link opens as a whole.
  document.querySelectorAll("tr").forEach(function (row) {
    if (row.querySelector("a.row-link")) { row.classList.add("is-link"); }
  });
  document.addEventListener("click", function (event) {
    var row = closest(event.target, "tr.is-link");
    if (!row || closest(event.target, "a, button, input, select, textarea, label, summary")) { return; }
    if (String(window.getSelection())) { return; }
    var link = row.querySelector("a.row-link");
    if (!link) { return; }
    if (event.ctrlKey || event.metaKey) { window.open(link.href, "_blank", "noopener"); } else { link.click(); }
  });

  // Menus of the header close on Escape and on a click elsewhere.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.account[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.account[open], details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // A form marked data-guard says that its text is not saved yet, and asks before the page is left.
  var guarded = document.querySelectorAll("form[data-guard]");
  function mark(form, unsaved) { form.classList.toggle("is-unsaved", unsaved); }
  guarded.forEach(function (form) {
    form.addEventListener("input", function (event) { if (event.target.form === form) { mark(form, true); } });
    form.addEventListener("submit", function () { mark(form, false); });
  });
  if (guarded.length) {
    window.addEventListener("beforeunload", function (event) {
      if (document.querySelector("form.is-unsaved")) { event.preventDefault(); }
    });
  }

  // A button is pressed once: the second press of the same form is dropped for a few seconds.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  // What the report form keeps in this browser (form.js) goes when its person signs out.
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.leaves === undefined) { return; }
    try {
      Object.keys(localStorage).forEach(function (name) { if (!name.indexOf("copy:")) { localStorage.removeItem(name); } });
    } catch (refused) { /* no storage, no copies */ }
  });

  // Who types for long without sending anything is there all the same: the server hears of it every four minutes.
  var told = Date.now(), here = document.documentElement.dataset.here;
  if (here) {
    document.addEventListener("input", function () {
      if (Date.now() - told < 240000) { return; }
      told = Date.now();
      fetch(here, { headers: { "HX-Request": "true" } }).catch(function () {});
    });
  }

  // The first thing to correct has the focus after a refused form.
  var summary = document.querySelector("[data-focus]");
  // After "load", because the browser's own jump to a #fragment would take the focus away again.
  if (summary) { window.addEventListener("load", function () { window.setTimeout(function () { summary.focus(); }); }); }
}());
