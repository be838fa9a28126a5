"""Tables as people, banks and spreadsheets write them, and what pandas reads with the right arguments: python3 written.py > pandas.txt

Each case is a head with what may be asked for, the file as it is written, and what pandas reads, as plain numbers and ISO times."""

import io
import random

import pandas

GAPS = ["-", "n/a", "?", "NA", "--", "#N/A", "none", ""]


def grouped(number, decimals, point, thousands):
    text = f"{number:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", thousands)


class Locale:
    def __init__(self, name, separator, point, thousands, money, date, asked):
        self.name, self.separator, self.point, self.thousands = name, separator, point, thousands
        self.money, self.date, self.asked = money, date, asked

    def number(self, value, decimals=2):
        return grouped(value, decimals, self.point, self.thousands)

    def amount(self, value):
        if self.name == "accounting" and value < 0:
            return f" {self.money.format(self.number(-value)).replace('$', '$(')}) "
        sign = "-" if value < 0 else ""
        return sign + self.money.format(self.number(abs(value)))


LOCALES = [
    Locale("us", ",", ".", ",", "${}", "%m/%d/%Y", "month/day/year"),
    Locale("us short", ",", ".", ",", "${}", "%m/%d/%y %I:%M %p", "month/day/year"),
    Locale("accounting", ",", ".", ",", "${}", "%m/%d/%Y", "month/day/year"),
    Locale("uk", ",", ".", ",", "£{}", "%d/%m/%Y %H:%M", "day/month/year"),
    Locale("de", ";", ",", ".", "{} €", "%d.%m.%Y", "day.month.year"),
    Locale("de short", ";", ",", ".", "{}", "%d.%m.%y", "day.month.year"),
    Locale("fr", ";", ",", "\u202f", "{}\u00a0€", "%d/%m/%Y", "day/month/year"),
    Locale("ch", ";", ".", "'", "CHF {}", "%d.%m.%Y %H:%M:%S", "day.month.year"),
    Locale("se", "\t", ",", "\u00a0", "{}", "%Y-%m-%d", "year-month-day"),
    Locale("in words", ",", ".", ",", "{}", "%d %B %Y", "day month year"),
    Locale("in letters", ",", ".", ",", "EUR {}", "%d-%b-%y", "day-month-year"),
    Locale("months", ";", ",", ".", "{}", "%m/%Y", "month/year"),
    Locale("slashes", "|", ".", ",", "USD {}", "%Y/%m/%d %H:%M", "year/month/day"),
]


def quoted(cell, separator):
    return '"' + cell.replace('"', '""') + '"' if separator in cell or '"' in cell or "\n" in cell else cell


def written(locale, rng, rows):
    """The file's text: a row number or not, an amount, a count, a share, a time, a word, a target."""
    lines = [["amount", "count", "share", "when", "word", "y"]]
    for _ in range(rows):
        when = pandas.Timestamp(rng.randint(1980, 2030), rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), rng.randint(0, 59))
        gap = rng.choice(GAPS)
        lines.append([
            locale.amount(round(rng.choice([1, 100, 1e4]) * rng.gauss(1, 3), 2)),
            grouped(int(10 ** rng.uniform(0, 7)), 0, locale.point, locale.thousands),
            f"{rng.uniform(0, 100):.1f}".replace(".", locale.point) + rng.choice(["%", " %"]),
            gap if rng.random() < 0.15 else when.strftime(locale.date),
            rng.choice(["NA", "none", "a b", "-", "é, \"x\"", ""]),
            gap if rng.random() < 0.15 else f"{rng.gauss(0, 1):.4f}".replace(".", locale.point)])
    named = rng.random() < 0.3
    if named:
        lines = [[str(i) if i else ""] + line for i, line in enumerate(lines)]
    return "\n".join(locale.separator.join(quoted(cell, locale.separator) for cell in line) for line in lines) + "\n", named


def numbers(cells, locale):
    """As pandas reads numbers: with its own thousands and decimal; it takes no thousands mark beyond ASCII."""
    mark = locale.thousands if locale.thousands.isascii() else "_"
    text = io.StringIO("x\n" + "\n".join('"' + cell.replace(locale.thousands, mark) + '"' for cell in cells))
    return pandas.read_csv(text, thousands=mark, decimal=locale.point, na_values=GAPS, float_precision="round_trip",
                           skip_blank_lines=False)["x"].astype(float)


def read(text, named, locale):
    raw = pandas.read_csv(io.StringIO(text), sep=locale.separator, dtype=str, keep_default_na=False, index_col=0 if named else None)
    money = raw["amount"].str.replace(r"[$£€\u00a0 ]|CHF|EUR|USD", "", regex=True).str.replace(r"\((.*)\)", r"-\1", regex=True)
    frame = pandas.DataFrame({
        "amount": numbers(money, locale).values,
        "count": numbers(raw["count"], locale).values,
        "share": numbers(raw["share"].str.replace(r" ?%", "", regex=True), locale).values,
        "when": pandas.to_datetime(raw["when"].replace(GAPS, None), format=locale.date).values,
        "word": raw["word"].values,
        "y": numbers(raw["y"], locale).values})
    return frame.to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S")


def formats(locale):
    count = "1" + locale.thousands + "234" + locale.point + "5"
    count = count.replace("\u202f", " ").replace("\u00a0", " ")
    plain = "1234" + locale.point + "5"
    unit = locale.money.replace("{}", "").strip()
    return "\t".join([f"amount={unit}{' ' if len(unit) == 3 else ''}{count}", f"count={count}", f"share={plain}%", f"when={locale.asked}", f"y={plain}"])


def main():
    rng = random.Random(27)
    for locale in LOCALES:
        for number in range(4):
            text, named = written(locale, rng, rng.choice([2, 4, 12]))
            print(f"== {locale.name} {number}\t{formats(locale)}")
            print(text, end="-- read\n")
            print(read(text, named, locale), end="")


main()
