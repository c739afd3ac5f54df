"""Who is made up for the pages: organisations and people. Their numbers belong to nobody."""

CHAMBER, COLLEGE, ENTERPRISE, OTHER = "110540900205", "080440900104", "120440900005", "130940900302"
SPECIALTY, QUALIFICATION = "07130700", "4S07130704"

BODIES = {
    CHAMBER: (
        "chamber",
        "Үлгі өңірлік кәсіпкерлер палатасы",
        "Примерная региональная палата предпринимателей",
    ),
    COLLEGE: ("college", "Үлгі энергетика колледжі", "Примерный колледж энергетики"),
    ENTERPRISE: ("enterprise", "«Мысал Электр» ЖШС", "ТОО «Мысал Электр»"),
    OTHER: ("enterprise", "«Алатау Қуат Мысал» ЖШС", "ТОО «Алатау Куат Мысал»"),
}
ACT_FOR = {"chamber": CHAMBER, "college": COLLEGE, "enterprise": ENTERPRISE, "other": OTHER}
RECORDS = {
    "chamber": ("780505390051", "Қанат Үлгібаев", "1978-05-05"),
    "college": ("720202490020", "Гүлнар Мысалова", "1972-02-02"),
    "enterprise": ("700101390010", "Болат Мысалбеков", "1970-01-01"),
    "other": ("740303390036", "Ерлан Үлгісізов", "1974-03-03"),
    "student": ("100315690008", "Айсұлу Мысалқызы", "2010-03-15"),
    "parent": ("781123490004", "Сәуле Мысалова", "1978-11-23"),
    "kamila": ("070901690005", "Камила Үлгіқызы", "2007-09-01"),
    "daniyar": ("080706690811", "Зарина Мысалбекқызы", "2008-07-06"),
    "timur": ("070420590103", "Тимур Мысалов", "2007-04-20"),
    "madina": ("080512690101", "Мәдина Үлгібекова", "2008-05-12"),
    "mentor": ("841231391802", "Асқар Мысалтаев", "1984-12-31"),
}


def record(name: str) -> dict[str, str]:
    iin, called, born_on = RECORDS[name]
    return {
        "iin": iin,
        "name": called,
        "born_on": born_on,
        "language": "kk",
        "phone": f"+7700555{iin[-4:]}",
        "email": f"{name}@example.test",
    }
