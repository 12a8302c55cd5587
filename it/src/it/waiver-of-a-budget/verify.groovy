import io.github.bitnetmaven.it.BuildLog

def image = 'bitnet-it/waiver-of-a-budget:1.0'
BuildLog.of(basedir.toPath())
    .matches(/The budget image of 2MB is passed under a waiver, which ends on \d{4}-\d\d-\d\d, in (10|9) days\. After that day it counts again\./)
    .matches(/- The image \Q${image}\E has 2\.45 MB, which is 450 kB more than its budget image of 2 MB\. Its waiver ended on \d{4}-\d\d-\d\d \(debug symbols until the crash is found\)\./)
    .matches(/<budgets><image><waiver><until> is \d{4}-\d\d-\d\d, more than a year after today, \d{4}-\d\d-\d\d\. Write a day within a year, or raise the budget\./)
true
