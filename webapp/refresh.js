"use strict";

// Without this script the link loads the page again, which shows another picture as well.
const link = document.getElementById("refresh");
link.setAttribute("role", "button");

link.addEventListener("click", async (event) => {
  event.preventDefault();
  try {
    const response = await fetch(link.dataset.challenges, { method: "POST" });
    if (!response.ok) {
      throw new Error(`No challenge: ${response.status}`);
    }
    const challenge = await response.json();
    document.getElementById("picture").src = challenge.image;
    document.getElementById("challenge").value = challenge.id;
    const answer = document.getElementById("answer");
    answer.value = "";
    answer.focus();
  } catch {
    location.assign(link.href); // the page says what is wrong
  }
});

// A button is pressed by the space bar too.
link.addEventListener("keydown", (event) => {
  if (event.key === " ") {
    event.preventDefault();
    link.click();
  }
});
