require("fs").writeFileSync("/data/greeting", "hello written");
console.log(require("fs").readFileSync("/data/greeting", "utf8"));
