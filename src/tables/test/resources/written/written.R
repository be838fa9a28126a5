# Tables as R writes them, and what it reads with the right arguments: Rscript written.R > r.txt
# The form is that of written.py.
options(digits = 15)
set.seed(27)

show <- function(name, formats, written, read) {
  cat("== ", name, "\t", formats, "\n", sep = "")
  cat(written, sep = "\n")
  cat("-- read\n")
  write.csv(read, row.names = FALSE, na = "")
}

file <- tempfile()
write.csv(head(mtcars, 12), file)
show("write.csv with row names", "", readLines(file), read.csv(file, row.names = 1))

write.csv2(head(mtcars, 12), file)
show("write.csv2, a decimal comma", "", readLines(file), read.csv2(file, row.names = 1))

iris12 <- iris[c(1:4, 51:54, 101:104), ]
write.table(iris12, file, sep = "\t", row.names = FALSE, quote = FALSE)
show("write.table with tabs", "", readLines(file), read.delim(file))

air <- head(airquality, 20)
write.csv(air, file)
show("gaps as NA", "", readLines(file), read.csv(file, row.names = 1))

prices <- data.frame(when = as.Date("2020-12-25") + 0:11, price = round(exp(rnorm(12, 8, 2)), 2), share = round(runif(12), 3))
prices$price[3] <- NA
written <- data.frame(
  when = format(prices$when, "%d/%m/%Y"),
  price = ifelse(is.na(prices$price), "-", trimws(format(prices$price, big.mark = ".", decimal.mark = ",", nsmall = 2, scientific = FALSE))),
  share = paste0(format(100 * prices$share, decimal.mark = ","), " %"))
write.table(written, file, sep = ";", row.names = FALSE)
raw <- read.csv(file, sep = ";", colClasses = "character")
number <- function(text) as.numeric(sub(",", ".", gsub("[. %]", "", text), fixed = TRUE))
show("format with marks", "", readLines(file), data.frame(
  when = as.Date(raw$when, "%d/%m/%Y"),
  price = suppressWarnings(number(raw$price)),
  share = number(raw$share)))

months <- data.frame(month = format(as.Date("2021-01-15") + 31 * (0:9), "%b %Y"), y = rnorm(10))
write.csv(months, file)
show("months by name", "", readLines(file), data.frame(month = as.Date(paste(1, months$month), "%d %b %Y"), y = read.csv(file)$y))
