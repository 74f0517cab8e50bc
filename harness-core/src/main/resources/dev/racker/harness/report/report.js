"use strict";
// Filters and folds; the page is complete without it. No less-than and no ampersand in here: the page is XML, too.
(function () {
  var all = function (selector, root) { return Array.from((root || document).querySelectorAll(selector)); };
  var byId = function (id) { return document.getElementById(id); };
  var controls = byId("controls");
  var cells = all("article.cell");

  function filter() {
    var words = byId("find").value.toLowerCase().split(/\s+/);
    var verdicts = all("input[type=checkbox]:checked", controls).map(function (box) { return box.value; });
    var shown = cells.filter(function (cell) {
      var name = cell.dataset.name.toLowerCase();
      var matches = words.every(function (word) { return name.includes(word); });
      cell.hidden = !(matches ? verdicts.includes(cell.dataset.verdict) : false);
      return !cell.hidden;
    });
    byId("shown").textContent = shown.length === cells.length ? "" : shown.length + " of " + cells.length + " shown";
  }

  function fold(open) {
    cells.forEach(function (cell) { cell.firstElementChild.open = open; });
  }

  // A link to a cell shows it, whatever was filtered or folded before.
  function visit() {
    var cell = location.hash.startsWith("#cell-") ? byId(location.hash.slice(1)) : null;
    if (cell) {
      cell.hidden = false;
      cell.firstElementChild.open = true;
      cell.scrollIntoView();
    }
  }

  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = all("article.fail details:not([open]):not(.log), article.error details:not([open]):not(.log)");
    folded.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (each) { each.open = false; });
  });
  window.addEventListener("hashchange", visit);
  visit();

  if (controls) {
    controls.hidden = false;
    controls.addEventListener("input", filter);
    controls.addEventListener("submit", function (event) { event.preventDefault(); });
    byId("open-all").addEventListener("click", function () { fold(true); });
    byId("close-all").addEventListener("click", function () { fold(false); });
    filter();
  }
})();
