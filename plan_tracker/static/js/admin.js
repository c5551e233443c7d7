/* The “select all” box of the export page: what import-export does with an inline handler. */
document.addEventListener("change", function (event) {
  if (!event.target.matches(".select-toggle")) { return; }
  document.querySelectorAll(".selectable-field-export-row input[type='checkbox']").forEach(function (box) {
    box.checked = event.target.checked;
  });
});
