"use strict";
// Without this the overview is whole; with it, sheets can be looked for by any part of their words.
(() => {
    const find = document.getElementById("find");
    const field = find.querySelector("input");
    const parts = (text) => text.toLocaleLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    // «kort» is found in «spørsmålskort»; a shorter word only where a word begins, or «eli» is found in «vanskelig».
    const fits = (wanted, words) =>
        wanted.every((part) => words.some((word) => (part.length > 3 ? word.includes(part) : word.startsWith(part))));

    // A row can be found by all of its words but those of its single sheets, which have words of their own.
    const rows = [...document.querySelectorAll(".list tbody tr, .list .row")].map((row) => ({
        row,
        words: parts(row.querySelector("h2, h3").parentElement.textContent),
        sheets: [...row.querySelectorAll(".singles li")].map((sheet) => ({ sheet, words: parts(sheet.textContent) })),
    }));

    const show = (row, wanted) => {
        const shown = row.sheets.filter(({ words }) => fits(wanted, [...row.words, ...words]));
        row.sheets.forEach((each) => { each.sheet.hidden = !shown.includes(each); });
        row.row.hidden = !(fits(wanted, row.words) || shown.length);
        return row.row.hidden ? 0 : Math.max(1, shown.length);
    };

    const look = () => {
        const wanted = parts(field.value);
        const count = rows.reduce((sum, row) => sum + show(row, wanted), 0);
        document.querySelectorAll(".list").forEach((list) => {
            list.hidden = rows.every(({ row }) => row.hidden || !list.contains(row));
        });
        find.querySelector(".number").textContent = count;
        find.querySelector(".count").hidden = !(wanted.length && count);
        find.querySelector(".none").hidden = !(wanted.length && !count);
    };

    find.querySelector(".without").hidden = true;
    find.querySelector(".with").hidden = false;
    field.addEventListener("input", look);
    look(); // a browser may bring back what was typed before
})();
