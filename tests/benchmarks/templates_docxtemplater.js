// Fills a template with docxtemplater: node templates_docxtemplater.js TEMPLATE DATA warm|batch TIMES
// NODE_PATH names the folder that holds docxtemplater and pizzip. Prints CPU seconds and the most memory held.
const fs = require("fs");
const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");

const [template, data, mode, times] = process.argv.slice(2);
const content = fs.readFileSync(template);
const values = JSON.parse(fs.readFileSync(data, "utf8"));

function cpu() {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
}

function fill() {
  const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  document.render(values);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE", compressionOptions: { level: 6 } });
}

const many = Number(times);
if (mode === "warm" && many > 1) for (let n = 0; n < 3; n++) fill();
const start = mode === "warm" ? cpu() : 0;
for (let n = 0; n < many; n++) fill();
const seconds = (cpu() - start) / (mode === "warm" ? many : 1);
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, megabytes }));
