(function () {
  "use strict";
  // Follows a run in progress: rows change as its events come, and what has ended comes whole from the same server.
  var latest = {};
  var running = {};
  var heard = performance.now();
  var silence = 0;
  var isOver = false;
  var isLost = false;
  var isFetching = false;
  var wanted = [];

  function clock(seconds) {
    var whole = Math.max(0, Math.floor(seconds));
    function two(number) { return (number < 10 ? "0" : "") + number; }
    return whole < 3600 ? Math.floor(whole / 60) + ":" + two(whole % 60)
      : Math.floor(whole / 3600) + ":" + two(Math.floor(whole / 60) % 60) + ":" + two(whole % 60);
  }

  function row(id) {
    return document.querySelector("tr[data-for='" + id + "']");
  }

  function show(id, change) {
    var age = (performance.now() - change.received) / 1000;
    var cells = row(id).cells;
    cells[4].textContent = clock(change.seconds + age);
    cells[5].textContent = (change.phase ? change.phase + " " + clock(change.phaseSeconds + age) : "starts") +
      (change.said ? " – " + change.said : "");
  }

  function mark(id, change) {
    var verdict = row(id).querySelector(".verdict");
    var test = document.getElementById(id);
    [verdict, test.querySelector(".verdict")].forEach(function (label) {
      label.className = "verdict " + change.tone;
      label.querySelector("span").textContent = change.sign;
      label.lastChild.nodeValue = " " + change.state;
    });
    test.dataset.verdict = change.state;
  }

  function take(change) {
    if (latest[change.id] > change.number) {
      return;
    }
    latest[change.id] = change.number;
    change.received = performance.now();
    var here = row(change.id);
    if (change.state === "running" && here) {
      if (!running[change.id]) {
        ask("run");
      }
      running[change.id] = change;
      mark(change.id, change);
      show(change.id, change);
    } else if (!here || document.getElementById(change.id).dataset.verdict !== change.state) {
      delete running[change.id];
      ask(change.id);
    }
  }

  function replace(fresh) {
    var old = document.getElementById(fresh.id);
    if (old) {
      old.replaceWith(fresh);
    }
  }

  function put(id, page) {
    var fresh = page.querySelector("details.test");
    var old = document.getElementById(id);
    var line = page.querySelector("tr[data-for]");
    if (!old) {
      document.getElementById("rows").append(line);
      document.getElementById("tests").append(fresh);
      return;
    }
    var hadFocus = old.contains(document.activeElement);
    fresh.open = fresh.open || old.open;
    row(id).replaceWith(line);
    old.replaceWith(fresh);
    if (hadFocus) {
      fresh.querySelector("summary").focus({ preventScroll: true });
    }
  }

  function ask(what) {
    if (wanted.indexOf(what) < 0) {
      wanted.push(what);
    }
    if (wanted.indexOf("run") < 0) {
      wanted.push("run");
    }
    next();
  }

  // One after the other: a hundred tests that end at once are a hundred small answers, not one heap.
  function next() {
    if (isFetching || wanted.length === 0) {
      return;
    }
    var tests = wanted.filter(function (each) { return each !== "run"; });
    var what = tests.length ? tests[0] : "run";
    wanted.splice(wanted.indexOf(what), 1);
    isFetching = true;
    fetch("part/" + what).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      if (what === "run") {
        ["head", "counts", "overview"].forEach(function (id) {
          var part = page.getElementById(id);
          if (part) {
            replace(document.adoptNode(part));
          }
        });
        document.title = document.querySelector("h1").textContent + " – vmtest";
      } else if (text) {
        put(what, page);
      }
      document.dispatchEvent(new Event("changed"));
    }).catch(function () { isLost = true; }).finally(function () {
      isFetching = false;
      tell();
      next();
    });
  }

  function tell() {
    var line = document.getElementById("live");
    if (!line) {
      return;
    }
    var quiet = silence + (performance.now() - heard) / 1000;
    var text = isOver ? "The run is over; this page stays as it is."
      : isLost ? "Whoever shows this run is gone; the page shows what was known by then."
      : quiet < 60 ? "The run goes on, and this page with it."
      : "Nothing was heard of the run for " + clock(quiet) + "; it may have been killed.";
    if (line.textContent !== text) {
      line.textContent = text;
    }
  }

  var source = new EventSource("events");
  source.addEventListener("row", function (event) {
    take(JSON.parse(event.data));
  });
  source.addEventListener("run", function (event) {
    var change = JSON.parse(event.data);
    heard = performance.now();
    silence = change.silence;
    isLost = false;
    if (change.over && !isOver) {
      isOver = true;
      source.close();
      clearInterval(ticks);
      ask("run");
    }
    tell();
  });
  source.addEventListener("error", function () {
    isLost = !isOver;
    tell();
  });
  var ticks = setInterval(function () {
    Object.keys(running).forEach(function (id) { show(id, running[id]); });
    tell();
  }, 1000);
})();
