(function () {
  "use strict";
  // A page that is shown live gets others of them meanwhile.
  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  function tests() { return all("details.test"); }
  var pressed = [];
  var find = document.getElementById("find");
  var shown = document.getElementById("shown");

  function filter() {
    var words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    var rows = {};
    all("tr[data-for]").forEach(function (row) { rows[row.dataset.for] = row; });
    all(".chip").forEach(function (chip) {
      chip.setAttribute("aria-pressed", pressed.indexOf(chip.dataset.verdict) >= 0 ? "true" : "false");
    });
    tests().forEach(function (test) {
      var row = rows[test.id];
      var text = words.length ? (row.textContent + " " + test.textContent).toLowerCase() : "";
      var visible = (pressed.length === 0 || pressed.indexOf(test.dataset.verdict) >= 0) &&
        words.every(function (word) { return text.indexOf(word) >= 0; });
      test.hidden = !visible;
      row.hidden = !visible;
      count += visible ? 1 : 0;
    });
    shown.textContent = count === tests().length ? "" : count + " of " + tests().length + " shown";
  }

  function openTarget() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var inside = target && target.closest("details");
    while (inside) {
      inside.open = true;
      inside = inside.parentElement.closest("details");
    }
    if (target && target.tagName === "TR") {
      target.scrollIntoView({ block: "center" });
    }
  }

  function step(direction) {
    var stops = tests().filter(function (test) { return !test.hidden && test.dataset.verdict !== "passed"; });
    var here = stops.indexOf(document.activeElement && document.activeElement.closest("details.test"));
    var next = stops[here < 0 ? (direction > 0 ? 0 : stops.length - 1) : here + direction];
    if (next) {
      next.open = true;
      next.scrollIntoView();
      next.querySelector("summary").focus({ preventScroll: true });
    }
  }

  function copy(button) {
    var code = button.parentElement.querySelector("code");
    function done() {
      button.textContent = "Copied";
      setTimeout(function () { button.textContent = "Copy"; }, 1500);
    }
    function select() {
      var range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (document.execCommand("copy")) {
        done();
      }
    }
    if (navigator.clipboard) {
      navigator.clipboard.writeText(code.textContent).then(done, select);
    } else {
      select();
    }
  }

  function press(verdict) {
    var at = pressed.indexOf(verdict);
    if (at < 0) {
      pressed.push(verdict);
    } else {
      pressed.splice(at, 1);
    }
    filter();
  }

  find.addEventListener("input", filter);
  document.getElementById("expand").addEventListener("click", function () {
    tests().forEach(function (test) { test.open = true; });
  });
  document.getElementById("collapse").addEventListener("click", function () {
    tests().forEach(function (test) { test.open = false; });
  });
  document.addEventListener("click", function (event) {
    var chip = event.target.closest(".chip");
    if (chip) {
      press(chip.dataset.verdict);
    } else if (event.target.classList.contains("copy")) {
      copy(event.target);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") {
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      find.focus();
    } else if (event.key === "j") {
      step(1);
    } else if (event.key === "k") {
      step(-1);
    }
  });
  document.addEventListener("changed", filter);
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", function () {
    tests().forEach(function (test) { test.open = test.open || test.dataset.verdict !== "passed"; });
  });
  openTarget();
})();
