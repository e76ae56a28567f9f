"""Generate generator/linking/tables/countries.json from Babel's locale data (Unicode CLDR).

Run it when Babel has new locale data: `python tools/make_countries.py`. The table maps folded
names of countries in five languages to their ISO 3166 codes. Short forms in newspapers and the
adjectives before institutions are not in CLDR, so they are added here.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale

from generator.linking.entities.forms import fold_name

LOCALES = ["en", "es", "fr", "de", "pt"]
TARGET = Path(__file__).parents[1] / "generator" / "linking" / "tables" / "countries.json"

OTHER_NAMES = {
    "US": "US, U.S.A., EE. UU., EEUU, EUA, United States of America, the United States",
    "GB": "UK, U.K., Britain, Great Britain, Gran Bretaña, Grande-Bretagne, Großbritannien",
    "AE": "UAE, U.A.E.",
    "BA": "Bosnia, Bosnia and Herzegovina, Bosnia-Herzegovina",
    "CD": "DRC, DR Congo, Democratic Republic of the Congo, Democratic Republic of Congo",
    "CI": "Ivory Coast, Cote d'Ivoire",
    "CN": "People's Republic of China, PRC",
    "CV": "Cape Verde",
    "CZ": "Czech Republic, Czechia",
    "DE": "Federal Republic of Germany",
    "KP": "North Korea, DPRK, Democratic People's Republic of Korea",
    "KR": "South Korea, Republic of Korea",
    "MK": "North Macedonia, Macedonia",
    "MM": "Myanmar, Burma",
    "NL": "Netherlands, the Netherlands, Holland, Holanda, Hollande",
    "RU": "Russia, Russian Federation",
    "SY": "Syria, Syrian Arab Republic",
    "SZ": "Swaziland, Eswatini",
    "TL": "East Timor, Timor-Leste",
    "TR": "Turkey, Türkiye, Turkiye",
    "VA": "Vatican, Vatican City, Holy See",
}
"""Names in newspapers that CLDR does not have."""

AMBIGUOUS = {"congo", "georgia", "jordan", "korea", "ireland", "guinea", "micronesia"}
"""Names of several places, or of a place and a person: no rule may merge them."""

ADJECTIVES = """
US:US US:American GB:UK GB:British EU:EU EU:European
AF:Afghan AL:Albanian
DZ:Algerian AO:Angolan AR:Argentine AM:Armenian AU:Australian AT:Austrian AZ:Azerbaijani
BH:Bahraini BD:Bangladeshi BY:Belarusian BE:Belgian BO:Bolivian BA:Bosnian BR:Brazilian
BG:Bulgarian KH:Cambodian CM:Cameroonian CA:Canadian TD:Chadian CL:Chilean CN:Chinese
CO:Colombian HR:Croatian CU:Cuban CY:Cypriot CZ:Czech DK:Danish NL:Dutch EC:Ecuadorian
EG:Egyptian EE:Estonian ET:Ethiopian PH:Philippine FI:Finnish FR:French DE:German
GH:Ghanaian GR:Greek GT:Guatemalan HT:Haitian HN:Honduran HU:Hungarian IS:Icelandic
IN:Indian ID:Indonesian IR:Iranian IQ:Iraqi IE:Irish IL:Israeli IT:Italian JM:Jamaican
JP:Japanese KZ:Kazakh KE:Kenyan KW:Kuwaiti LA:Lao LV:Latvian LB:Lebanese LR:Liberian
LY:Libyan LT:Lithuanian MY:Malaysian ML:Malian MT:Maltese MX:Mexican MD:Moldovan
MN:Mongolian MA:Moroccan MZ:Mozambican MM:Burmese NP:Nepalese NI:Nicaraguan NG:Nigerian
NO:Norwegian PK:Pakistani PS:Palestinian PA:Panamanian PY:Paraguayan PE:Peruvian PL:Polish
PT:Portuguese QA:Qatari RO:Romanian RU:Russian RW:Rwandan SA:Saudi SN:Senegalese
RS:Serbian SG:Singaporean SK:Slovak SI:Slovenian SO:Somali ES:Spanish SD:Sudanese
SE:Swedish CH:Swiss SY:Syrian TW:Taiwanese TZ:Tanzanian TH:Thai TN:Tunisian TR:Turkish
UG:Ugandan UA:Ukrainian UY:Uruguayan UZ:Uzbek VE:Venezuelan VN:Vietnamese YE:Yemeni
ZM:Zambian ZW:Zimbabwean
"""
"""The word before an institution of a country: "Peruvian Congress"."""


def countries() -> dict[str, str]:
    """Return the code for each folded name of a country, without names of two countries."""
    codes: dict[str, set[str]] = {}
    for locale in LOCALES:
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"ZZ", "QO", "EZ", "XA", "XB"}:
                codes.setdefault(fold_name(name), set()).add(code)
    for code, names in OTHER_NAMES.items():
        for name in names.split(", "):
            codes[fold_name(name)] = {code}
    return {name: min(own_codes) for name, own_codes in codes.items() if len(own_codes) == 1}


def main() -> None:
    """Write the table."""
    names = {name: code for name, code in countries().items() if name not in AMBIGUOUS}
    pairs = (pair.split(":") for pair in ADJECTIVES.split())
    adjectives = {fold_name(word): code for code, word in pairs}
    table = {"adjectives": adjectives, "names": names}
    TARGET.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
