/* Keys of the review page: j and k walk through the lines, r opens the remark at the line, a and x go to the buttons,
   d marks against something else, n opens the next report. Nothing is sent by a key alone; without this file all of it
   is done with the mouse or Tab. The keys can be turned off, for those whose tools type letters. */
(function () {
  "use strict";

  var root = document.querySelector("[data-review]");
  if (!root) { return; }
  var lines = Array.prototype.slice.call(root.querySelectorAll(".review-line"));
  var help = root.querySelector("[data-keys]");
  var toggle = root.querySelector("[data-keys-on]");
  var OFF = "review-keys-off";
  help.hidden = false;
  toggle.checked = localStorage.getItem(OFF) !== "1";
  toggle.addEventListener("change", function () {
    if (toggle.checked) { localStorage.removeItem(OFF); } else { localStorage.setItem(OFF, "1"); }
  });

  function place() {
    var inside = document.activeElement && document.activeElement.closest(".review-line");
    return lines.indexOf(inside || document.querySelector(".review-line:target"));
  }

  function go(step) {
    var next = lines[Math.min(lines.length - 1, Math.max(0, place() + step))];
    if (!next) { return; }
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  function remark() {
    var line = lines[Math.max(0, place())];
    var fold = line && line.querySelector("[data-ask]");
    if (!fold) { return; }
    fold.open = true;
    fold.querySelector("textarea").focus();
  }

  function turn() {
    var links = Array.prototype.slice.call(root.querySelectorAll(".tabs a"));
    var current = links.findIndex(function (link) { return link.hasAttribute("aria-current"); });
    if (links.length) { location.href = links[(current + 1) % links.length].href + location.hash; }
  }

  function press(key) {
    var target = document.querySelector("[data-key='" + key + "']");
    if (!target) { return; }
    if (target.tagName === "A") { target.click(); return; }
    target.focus();
    target.scrollIntoView({ block: "center" });
  }

  document.addEventListener("keydown", function (event) {
    var field = event.target.closest && event.target.closest("textarea, input:not([type=checkbox]), select");
    if (field) {
      if (event.key === "Enter" && event.ctrlKey && field.form) { event.preventDefault(); field.form.requestSubmit(); }
      if (event.key === "Escape" && field.closest(".review-line")) { field.closest(".review-line").focus(); }
      return;
    }
    if (!toggle.checked || event.ctrlKey || event.altKey || event.metaKey) { return; }
    var act = {
      j: function () { go(1); }, k: function () { go(-1); }, r: remark, d: turn,
      a: function () { press("a"); }, x: function () { press("x"); }, n: function () { press("n"); }
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // After a remark was put the page comes back at its line: the keys go on from there.
  var here = document.querySelector(".review-line:target");
  if (here) { here.focus({ preventScroll: true }); }
}());
