/* The report form: what is typed stays in this browser until the server has it, and is offered back if it has not.
   htmx saves (hx-post on the form); portal.js wipes the copies, whose names begin with "copy:", at sign-out. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-copy]");
  if (!form) { return; }
  var key = "copy:" + form.dataset.copy, typed = form.hasAttribute("data-typed");
  var turn = 0, sent = 0, later = 0, forgotten = (form.dataset.forget || "").split(" ");

  // Without storage the server alone keeps the text.
  function stored(act) { try { return act(window.localStorage); } catch (refused) { return null; } }
  function drop(name) { stored(function (store) { store.removeItem(name); }); }
  function read(name) { return stored(function (store) { return JSON.parse(store.getItem(name)); }); }

  function fields() {
    var found = {};
    new FormData(form).forEach(function (value, name) {
      if (!/^(line|remark)-/.test(name) || /-(seen|asked|choice)$/.test(name) || forgotten.includes(name)) { return; }
      (found[name] = found[name] || []).push(value.normalize("NFC").replace(/\r\n?/g, "\n").trim());
    });
    return found;
  }
  // Empty rows say nothing.
  function said(values) { return (values || []).filter(Boolean).join("\n"); }
  var base = typed ? {} : fields();

  function keep() {
    window.clearTimeout(later);
    later = 0;
    var now = fields(), copy = { at: Date.now(), fields: {} };
    Object.keys(Object.assign({}, base, now)).forEach(function (name) {
      if (said(now[name]) !== said(base[name])) { copy.fields[name] = now[name] || []; }
    });
    form.elements.copy.value = copy.at;
    var any = Object.keys(copy.fields).length > 0;
    stored(function (store) { if (any) { store.setItem(key, JSON.stringify(copy)); } else { store.removeItem(key); } });
    return any;
  }
  function flush() { if (later) { keep(); } }

  function boxes(name) { return Array.from(form.querySelectorAll('[name="' + name + '"]')); }
  function grow(box) {
    var row = box.closest(".field"), twin = row.cloneNode(true);
    twin.querySelector("textarea").value = "";
    row.after(twin);
  }
  form.addEventListener("input", function (event) {
    var box = event.target;
    turn += 1;
    later = later || window.setTimeout(keep, 400);
    if (/-(difficulty|proposal)$/.test(box.name) && box.value && boxes(box.name).pop() === box) { grow(box); }
  });
  ["visibilitychange", "pagehide"].forEach(function (leaving) { window.addEventListener(leaving, flush, true); });
  form.addEventListener("submit", flush);

  // What became of a save; answers to remarks wait for the button.
  function tell(words) { document.getElementById("save-state").dataset.unsaved = words; form.classList.add("is-unsaved"); }
  function again() { if (turn > sent) { window.htmx.trigger(form, "retry"); } }
  form.addEventListener("htmx:beforeRequest", function () { flush(); form.dataset.turn = turn; });
  form.addEventListener("htmx:afterRequest", function (event) {
    var status = event.detail.xhr.status, before = base;
    if (status === 200) {
      sent = Number(form.dataset.turn);
      if (turn !== sent) { return; }
      base = fields();
      Object.keys(base).forEach(function (name) { if (name[0] === "r") { base[name] = before[name]; } });
      form.classList.toggle("is-unsaved", keep());
    } else if (status === 401 || status === 403) {
      tell(form.dataset.over);
    } else if (!status || status >= 500) {
      tell(form.dataset.offline);
      window.setTimeout(again, 15000);
    }
  });
  window.addEventListener("online", again);
  // Fields that the server names may not lie in the copy (header HX-Trigger, or data-forget): they go at once.
  document.addEventListener("copy-forget", function (event) { forgotten = event.detail.names; keep(); });

  // A figure goes into the text where the cursor stands.
  form.addEventListener("click", function (event) {
    var button = event.target.closest("[data-put]"), box = button && document.getElementById(button.dataset.into);
    if (!box) { return; }
    event.preventDefault();
    box.setRangeText(button.dataset.put, box.selectionStart, box.selectionEnd, "end");
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // A copy that has arrived, or is a month old, may go.
  stored(function (store) {
    var arrived = (document.cookie.match(/copy_saved=(\d+)/) || [])[1];
    Object.keys(store).forEach(function (name) {
      var copy = name.indexOf("copy:") ? null : read(name);
      if (copy && (copy.at + 2592e6 < Date.now() || String(copy.at) === arrived)) { drop(name); }
    });
  });
  function part(box, tag, words, look) {
    var node = document.createElement(tag);
    node.textContent = words;
    node.className = look || "";
    box.append(node);
    return node;
  }
  function difference(box, before, after) {
    var x = before.split(/(\s+)/), y = after.split(/(\s+)/), head = 0, tail = 0, most = Math.min(x.length, y.length);
    while (head < most && x[head] === y[head]) { head += 1; }
    while (tail < most - head && x[x.length - 1 - tail] === y[y.length - 1 - tail]) { tail += 1; }
    part(box, "span", (head > 12 ? "… " : "") + x.slice(Math.max(0, head - 12), head).join(""));
    part(box, "del", x.slice(head, x.length - tail).join(""));
    part(box, "ins", y.slice(head, y.length - tail).join(""));
    part(box, "span", x.slice(x.length - tail).slice(0, 12).join("") + (tail > 12 ? " …" : ""));
  }
  // In words: the label of a chosen state, not its value.
  function worded(name, values) {
    var radio = boxes(name).filter(function (box) { return box.type === "radio" && values && box.value === values[0]; })[0];
    return radio ? radio.labels[0].textContent : said(values);
  }
  function put(name, values) {
    while (boxes(name).length < values.length && /-(difficulty|proposal)$/.test(name)) { grow(boxes(name).pop()); }
    boxes(name).forEach(function (box, place) {
      if (/radio|checkbox/.test(box.type)) { box.checked = values.includes(box.value); } else { box.value = values[place] || ""; }
    });
  }
  function offer(copy, lost) {
    var card = form.querySelector("[data-offer]"), list = card.querySelector("[data-list]");
    card.querySelector("[data-when]").textContent = new Date(copy.at).toLocaleString("vi-VN");
    lost.forEach(function (name) {
      var box = boxes(name)[0], title = box.closest("section, tr"), own = box.type === "textarea" && box.labels[0];
      title = own || (title && title.querySelector("h2, h3, th"));
      part(list, "p", title ? title.firstChild.textContent : box.getAttribute("aria-label"), "strong small");
      difference(part(list, "p", "", "entry"), worded(name, base[name]), worded(name, copy.fields[name]));
    });
    card.hidden = false;
    card.addEventListener("click", function (event) {
      if (event.target.type !== "button") { return; }
      card.hidden = true;
      if (event.target.dataset.take === undefined) { drop(key); return; }
      lost.forEach(function (name) { put(name, copy.fields[name]); });
      form.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  var copy = read(key), lost = Object.keys((copy || {}).fields || {}).filter(function (name) {
    return boxes(name).length && said(copy.fields[name]) !== said(base[name]);
  });
  if (typed) {
    turn = 1;
    form.classList.toggle("is-unsaved", keep());
  } else if (lost.length) { offer(copy, lost); } else { drop(key); }
}());
