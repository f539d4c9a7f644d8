// The look of the HTML report: the window's colours, light, dark and on paper.
#pragma once

#include <string_view>

namespace tern::audit {

inline constexpr std::string_view htmlStyle = R"css(
:root{--window:#f3f5f8;--surface:#fff;--line:#d5dae1;--text:#1a1f25;--muted:#57616d;--accent:#0b60c8;--neutral:#e8ebf0;
--broken:#b9251b;--retired:#c45a12;--fall:#b98300;--weak:#4c74a8;--good:#13774a;
--broken-s:#fde8e6;--retired-s:#fdebdd;--fall-s:#fdf1d8;--weak-s:#e6eef8;--good-s:#e1f4ea}
@media (prefers-color-scheme:dark){:root{--window:#16191d;--surface:#1e2227;--line:#3a424c;--text:#e9ecef;--muted:#a3adb8;
--accent:#6cb0ff;--neutral:#323941;--broken:#ff8a80;--retired:#f5a468;--fall:#edbd5c;--weak:#8fb6e6;--good:#57d08f;
--broken-s:#41231f;--retired-s:#402a1a;--fall-s:#3a301b;--weak-s:#22303f;--good-s:#1a3529}}
*{box-sizing:border-box}
body{margin:0;background:var(--window);color:var(--text);
font:15px/1.5 "Noto Sans","Noto Sans CJK SC","Segoe UI","Microsoft YaHei","PingFang SC",system-ui,sans-serif}
main{max-width:76rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.1rem;margin:0 0 .75rem}
p{margin:.25rem 0}.verdict{font-size:1.2rem;font-weight:600}.muted,small,footer{color:var(--muted)}
code{font-size:.9em;overflow-wrap:anywhere}a{color:var(--accent)}
.gap{background:var(--retired-s);border-left:4px solid var(--retired);padding:.6rem .8rem;margin:.75rem 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.2rem,1fr));gap:.75rem;margin:1.25rem 0}
.tile,.card{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:1rem}
.tile{border-top:4px solid var(--muted)}.tile b{display:block;font-size:1.9rem;line-height:1.2}
.tile span{display:block;font-weight:600}.tile small{display:block;line-height:1.35}
.card{margin:0 0 1rem}p+.card{margin-top:1rem}.charts{display:grid;grid-template-columns:minmax(16rem,1fr) 2fr;gap:1rem}
@media (max-width:46rem){.charts{grid-template-columns:1fr}}
.ring{display:block;width:11rem;max-width:100%;margin:0 auto}.ring text{font-size:6.5px;font-weight:600;fill:var(--text)}
.ring .rest{stroke:var(--neutral)}
.legend{list-style:none;padding:0;margin:.75rem 0 0;display:flex;flex-wrap:wrap;gap:.35rem .9rem;justify-content:center}
.bar{display:block;width:100%;height:.8rem;border-radius:3px}
.note .bar rect{fill:var(--muted)}
.bars td{border:0;padding:.25rem .5rem;vertical-align:middle}.bars td:first-child{width:38%;overflow-wrap:anywhere}
.wide{width:50%}.number{text-align:right;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}
th{color:var(--muted);font-weight:600;font-size:.85rem}.name{font-weight:600;overflow-wrap:anywhere}
.path{overflow-wrap:anywhere;font-size:.85rem}
.list{table-layout:fixed}.list td{overflow-wrap:anywhere}.list th:first-child{width:8.2rem}
.list th:nth-child(3){width:6rem}.list th:nth-child(5){width:10%}.list th:nth-child(6){width:22%}
.list th:nth-child(7){width:17%}
.remarks th:first-child{width:11rem}.remarks th:nth-child(3){width:50%}
.offers th:first-child{width:24%}.offers th:nth-child(n+2):nth-child(-n+5){width:7.2rem}.offers th:nth-child(6){width:auto}
article{border-top:1px solid var(--line);padding:.75rem 0}article:first-of-type{border-top:0}
article:target{background:var(--neutral)}
.meter{float:right;width:11rem;margin:0 0 .5rem 1rem;font-size:.85rem;color:var(--muted);text-align:right}
.badge{display:inline-block;padding:.05rem .5rem;border-radius:99px;font-size:.8rem;font-weight:600;white-space:nowrap;
background:var(--neutral);color:var(--muted)}
.s-broken{background:var(--broken-s);color:var(--broken)}.s-retired{background:var(--retired-s);color:var(--retired)}
.s-can-fall-back{background:var(--fall-s);color:var(--fall)}.s-weak{background:var(--weak-s);color:var(--weak)}
.s-not-judged{background:var(--neutral);color:var(--muted)}.s-good{background:var(--good-s);color:var(--good)}
.t-broken{border-top-color:var(--broken)}.t-retired{border-top-color:var(--retired)}
.t-can-fall-back{border-top-color:var(--fall)}.t-weak{border-top-color:var(--weak)}.t-not-judged{border-top-color:var(--muted)}
.t-good{border-top-color:var(--good)}
circle.g-broken{stroke:var(--broken)}circle.g-retired{stroke:var(--retired)}circle.g-can-fall-back{stroke:var(--fall)}
circle.g-weak{stroke:var(--weak)}circle.g-not-judged{stroke:var(--muted)}
circle.g-good{stroke:var(--good)}
rect.g-broken{fill:var(--broken)}rect.g-retired{fill:var(--retired)}rect.g-can-fall-back{fill:var(--fall)}
rect.g-weak{fill:var(--weak)}rect.g-not-judged{fill:var(--muted)}
rect.g-good{fill:var(--good)}
@media screen and (max-width:46rem){main{padding:1rem .6rem}.list,.list tbody,.list tr,.list td{display:block}
.list thead{display:none}.list tr{border-bottom:1px solid var(--line);padding:.5rem 0}.list td{border:0;padding:.1rem 0}
.list td:empty{display:none}.list .grade,.list .name,.list .kind,.list .server{display:inline}
.list .grade,.list .kind{margin-right:.35rem}.list .name::after{content:"\A";white-space:pre}
.offers td[data-of]{display:inline-block;margin-right:.75rem}.offers td[data-of]::before{content:attr(data-of) " "}
.meter{float:none;margin:0 0 .35rem;text-align:left}.bars td:first-child{width:52%}.wide{width:36%}}
@media print{:root{--window:#fff;--surface:#fff;--line:#bbb;--text:#000;--muted:#444;--accent:#000;--neutral:#eee;
--broken:#b9251b;--retired:#c45a12;--fall:#8a5a00;--weak:#35588a;--good:#13774a;
--broken-s:#fde8e6;--retired-s:#fdebdd;--fall-s:#fdf1d8;--weak-s:#e6eef8;--good-s:#e1f4ea}
body{font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}
.tiles{grid-template-columns:repeat(6,1fr);gap:.4rem}.tile{padding:.5rem}tr,article,.tile{break-inside:avoid}thead{display:table-header-group}
a{text-decoration:none}.card{padding:.6rem}th,td{padding:.3rem .35rem}.list td{font-size:8.5pt}
.list th:first-child{width:5.8rem}.list th:nth-child(3){width:4.6rem}.list th:nth-child(5){width:9%}.list th:nth-child(6){width:20%}
.list th:nth-child(7){width:16%}.remarks th:nth-child(3){width:50%}
.offers th:first-child{width:20%}.offers th:nth-child(n+2):nth-child(-n+5){width:5.2rem}}
)css";

} // namespace tern::audit
