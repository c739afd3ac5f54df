"""The words of the made-up views: key, then en, ru, kk."""

TABLE = """
clerk|College clerk|Колледж, учебная часть|Колледж, оқу бөлімі
clerk-does|Makes contracts, records requests, answers.|Готовит договоры, записывает заявления, отвечает.|Шарт дайындайды, өтініштерді жазады, жауап береді.
student-does|Reads the own contract, asks, signs.|Читает свой договор, подаёт заявления, подписывает.|Өз шартын оқиды, өтініш береді, қол қояды.
lawyer|Lawyer|Юрист|Заңгер
lawyer-does|Reads every contract with a stated purpose.|Читает любой договор, указав цель.|Мақсатын көрсетіп, кез келген шартты оқиды.
overview|Overview|Обзор|Шолу
history|History|История|Тарих
text|Text|Текст|Мәтін
schedule|Schedule|График|Кесте
money|Money|Деньги|Ақша
documents|Documents|Документы|Құжаттар
proof|Proof|Подтверждение|Растау дерегі
contracts|Contracts|Договоры|Шарттар
contract|Contract|Договор|Шарт
lead|The student asked to withdraw on {}. Next: the enterprise confirms the last working day by {}.|Заявление студента о расторжении подано: {}. Далее предприятие подтверждает последний рабочий день, срок: {}.|Студенттің шартты бұзу туралы өтініші берілген күн: {}. Келесі қадам: кәсіпорын соңғы жұмыс күнін растайды, мерзімі: {}.
in-force|In force|Действует|Қолданыста
withdrawal-asked|Withdrawal requested|Подано заявление о расторжении|Бұзу туралы өтініш берілді
notice|Recorded. Entry number: 48 213. In force from: {}.|Записано. Номер записи: 48 213. Действует с: {}.|Жазылды. Жазба нөмірі: 48 213. Күшіне ену күні: {}.
draft|Draft|Проект договора|Шарт жобасы
student|Student|Студент|Студент
college|College|Колледж|Колледж
enterprise|Enterprise|Предприятие|Кәсіпорын
mentor|Mentor|Наставник|Тәлімгер
wage|Wage|Заработная плата|Жалақы
clauses|Clauses in force on|Условия, которые действуют на дату|Қолданыстағы шарт талаптары
proof-note|Checked: this history is whole and unaltered.|Проверено: история полна и не изменена.|Тексерілді: тарих толық және өзгертілмеген.
minor|17 years, parent acts too|17 лет, родитель участвует|17 жаста, ата-анасы да қатысады
shop|Assembly shop 2|Сборочный цех 2|№ 2 құрастыру цехы
specialty|Specialty|Специальность|Мамандық
specialty-name|07151100 Railway vehicles: repair and service|07151100 Железнодорожный состав: ремонт и обслуживание|07151100 Теміржол құрамын жөндеу және қызмет көрсету
qualification|Qualification|Квалификация|Біліктілік
qualification-name|3W07151102 Repair fitter|3W07151102 Слесарь-ремонтник|3W07151102 Жөндеуші слесарь
runs|Runs|Срок|Мерзімі
practice|Practice|Доля практики|Практика үлесі
least|at least 60 %|не меньше 60 %|кемінде 60 %
you|You|Вы|Сіз
parent|Legal representative|Законный представитель|Заңды өкіл
step-1|Check the request and complete the withdrawal|Проверить заявление и завершить расторжение|Өтінішті тексеріп, шартты бұзуды аяқтау
step-2|Consent of a parent|Согласие законного представителя|Заңды өкілдің келісімі
step-3|Last working day and leave still due|Последний рабочий день и остаток отпуска|Соңғы жұмыс күні және қалған демалыс
goes-on|The contract goes on|Договор продолжает действовать|Шарт қолданыста қалады
not-recorded|The withdrawal cannot be recorded|Расторжение нельзя будет записать|Шартты бұзуды жазу мүмкін болмайды
from-schedule|Taken from the schedule|Берётся из графика|Кестеден алынады
continue|Continue|Продолжить|Жалғастыру
remind|Remind|Напомнить|Еске салу
withdraw|Withdraw|Расторжение|Шартты бұзу
transfer|Transfer to another enterprise|Перевод на другое предприятие|Басқа кәсіпорынға ауыстыру
propose|Propose a schedule change|Предложить изменение графика|Кестені өзгертуді ұсыну
correct|Correct an entry|Исправить запись|Жазбаны түзету
complete|Complete|Завершение|Аяқтау
pause|Pause|Приостановление|Тоқтата тұру
why-not-complete|1,140 hours of practice are still to do.|Осталось часов практики: 1 140.|Қалған практика сағаты: 1 140.
why-not-pause|A withdrawal has been requested.|Подано заявление о расторжении.|Шартты бұзу туралы өтініш берілген.
asked|The student asked to withdraw|Студент подал заявление о расторжении|Студент шартты бұзу туралы өтініш берді
ground|The family moves|Переезд семьи|Отбасының көшуі
people|People|Участники|Қатысушылар
party|Party|Сторона|Тарап
authority|Authority|Основание полномочий|Өкілеттік негізі
signed-on|Signed on|Дата подписи|Қол қойылған күні
in-person|In person|Лично|Өзі
by-charter|Charter|Устав|Жарғы
days|Days|Дни|Күндер
days-now|College: Monday, Wednesday. Enterprise: Tuesday, Thursday, Friday.|Колледж: понедельник, среда. Предприятие: вторник, четверг, пятница.|Колледж: дүйсенбі, сәрсенбі. Кәсіпорын: сейсенбі, бейсенбі, жұма.
days-was|College: Monday, Tuesday. Enterprise: Wednesday to Friday.|Колледж: понедельник, вторник. Предприятие: со среды по пятницу.|Колледж: дүйсенбі, сейсенбі. Кәсіпорын: сәрсенбі, бейсенбі, жұма.
days-why|Shift plan of the shop.|План смен цеха.|Цехтың ауысым жоспары.
wage-why|Our record was wrong.|Ошибка была в записи.|Жазбада қате болды.
what-set|What set this|Чем это установлено|Мұны не белгіледі
week|This week|Эта неделя|Осы апта
paid|Wage paid|Выплачено|Төленген жалақы
paid-when|September 2025 to October 2026|с сентября 2025 г. по октябрь 2026 г.|2025 ж. қыркүйек – 2026 ж. қазан
claimable|May be claimed|Можно потребовать|Талап етуге болатын сома
computation|Computation|Расчёт|Есептеу
whole-history|See the whole history|Вся история|Бүкіл тарихты көру
details|Details|Подробно|Толығырақ
pdf|Contract as PDF|Договор в PDF|Шарттың PDF нұсқасы
calendar|Deadlines in my calendar|Сроки в моём календаре|Мерзімдер күнтізбемде
today|Today|Сегодня|Бүгін
on-signing|On signing|При подписании|Қол қойылған кезде
before-change|Before the last change|До последнего изменения|Соңғы өзгеріске дейін
order|{}, newest recorded first|{}, сначала последние по времени записи|{}, алдымен соңғы жазылғандары
order-by-force|Order by force|По дате вступления в силу|Күшіне ену күні бойынша
only-corrections|Only corrections (1)|Только исправления (1)|Тек түзетулер (1)
export|Export|Выгрузить|Жүктеп алу
earlier|10 earlier entries|10 более ранних записей|Бұдан бұрынғы 10 жазба
compare|Compare the two|Сравнить|Салыстыру
rule-notice|Notice of one month|Предупреждение за один месяц|Бір ай бұрын ескерту
student-signed|The student, signed|Студент, с подписью|Студент, қол қойған
new|New|Новое|Жаңа
request|Request|Заявление|Өтініш
last-day|Last day|Последний день|Соңғы күні
wage-wrong|The wage was recorded wrongly|Заработная плата была записана неверно|Жалақы қате жазылған
hr|HR of the enterprise|Отдел кадров предприятия|Кәсіпорынның кадр бөлімі
correction|Correction|Исправление|Түзету
record-wrong|Our record was wrong: the order says another sum|Ошибка была в записи: в приказе другая сумма|Жазбада қате болды: бұйрықта басқа сома көрсетілген
gap|Holds 41 days earlier than it was recorded.|Действует на 41 день раньше, чем записано.|Жазылғанынан 41 күн бұрын қолданылады.
days-changed|The days at college and enterprise changed|Изменены дни в колледже и на предприятии|Колледж пен кәсіпорындағы күндер өзгерді
all-signed|All three parties, signed|Все три стороны, с подписями|Үш тарап та қол қойған
agreement|Agreement|Соглашение|Келісім
fact-changed|The fact changed: shift plan of the shop|Изменился сам факт: план смен цеха|Жағдайдың өзі өзгерді: цехтың ауысым жоспары
attempt-refused|An attempt to complete was refused|Попытка завершить отклонена|Аяқтау әрекетінен бас тартылды
refused|Refusal|Отказ|Бас тарту
consent-missing|The student is under 18, and the written consent of a legal representative is not in the file.|Студенту ещё нет 18 лет, а письменного согласия законного представителя в деле нет.|Студент әлі 18 жасқа толмаған, ал заңды өкілдің жазбаша келісімі істе жоқ.
cure-attach|Attach the signed consent.|Приложите подписанное согласие.|Қол қойылған келісімді тіркеңіз.
cure-attach-note|PDF with a signature or a scan, up to 20 MB. You then come back to this form.|PDF с подписью или скан, до 20 МБ. Затем вы вернётесь к этой форме.|Қолтаңбасы бар PDF немесе скан, 20 МБ дейін. Содан кейін осы формаға ораласыз.
attach|Attach a document|Приложить документ|Құжат тіркеу
cure-sign|Signs the consent here.|Подпишет согласие в своём кабинете.|Өз кабинетінде келісімге қол қояды.
cure-sign-note|We send a request with a ready text.|Мы отправим просьбу с готовым текстом.|Дайын мәтінмен өтініш жібереміз.
ask|Send the request|Отправить просьбу|Өтініш жіберу
cure-wait|Asks alone from the 18th birthday.|Подаст заявление сам, когда исполнится 18 лет.|18 жасқа толғанда өтінішті өзі береді.
cure-later|Choose a later day.|Выберите более поздний день.|Кейінірек күнді таңдаңыз.
notice-short|The last day is earlier than one month after the notice.|Последний день раньше, чем через месяц после уведомления.|Соңғы күн хабарламадан кейін бір ай өтпей келеді.
name|Name|Название|Атауы
source|Source|Источник|Дереккөзі
rule-consent|Consent of a minor's legal representative|Согласие законного представителя несовершеннолетнего|Кәмелетке толмағанның заңды өкілінің келісімі
about-rule|About this rule|Об этом правиле|Осы ереже туралы
civil-code|Civil Code, article 22|Гражданский кодекс, статья 22|Азаматтық кодекс, 22-бап
open-text|Open the text|Открыть текст|Мәтінін ашу
consent-found|Age: 17. Consent: none|Возраст: 17 лет. Согласие: нет|Жасы: 17. Келісім: жоқ
no-dispute|No open dispute|Нет открытого спора|Ашық дау жоқ
ground-label|Ground|Основание|Негізі
change|Change|Изменить|Өзгерту
again|Try again|Попробовать снова|Қайталап көру
later|Save and come back|Сохранить и вернуться позже|Сақтап, кейін жалғастыру
copy|Copy as text|Скопировать как текст|Мәтін ретінде көшіру
step-reason|Reason|Основание|Себебі
step-date|Date|Дата|Күні
step-people|People and papers|Люди и документы|Адамдар мен құжаттар
step-studies|Studies and work|Учёба и работа|Оқу мен жұмыс
step-money|Money|Деньги|Ақша
step-preview|Check and confirm|Проверка и подтверждение|Тексеру және растау
ended|The contract ends at the student's wish|Договор расторгнут по инициативе студента|Шарт студенттің бастамасымен бұзылды
days-void|The days left in the schedule are void|Оставшиеся дни графика утратили силу|Кестенің қалған күндері күшін жойды
settlement|Final settlement|Окончательный расчёт|Соңғы есеп айырысу
may-complain|The student may complain|Студент может подать жалобу|Студент шағым бере алады
assessment|Interim assessment|Промежуточная оценка|Аралық бағалау
not-needed|No longer needed|Больше не нужна|Енді қажет емес
at-most|The most that the enterprise may claim. It is not a claim yet.|Самая большая сумма, которую предприятие может потребовать. Это ещё не требование.|Кәсіпорын студенттен талап ете алатын ең көп сома. Бұл әлі талап емес.
costs|Training costs agreed|Согласованные затраты на обучение|Келісілген оқыту шығыны
term|Full term|Полный срок|Шарттың толық мерзімі
left|Term left|Оставшийся срок|Қалған мерзім
basis|Contract, clause 6.4. No rounding was needed.|Договор, пункт 6.4. Округление не понадобилось.|Негізі: шарт, 6.4-тармақ. Дөңгелектеу қажет болмады.
in-kazakh|Kazakh|казахский|қазақша
in-russian|Russian|русский|орысша
email|E-mail|Электронная почта|Электрондық пошта
order-task|Issue an order on the form of study|Издать приказ о форме обучения|Оқу нысаны туралы бұйрық шығару
place-stays|The student keeps the place at the college.|Место студента в колледже сохраняется.|Студенттің колледждегі орны сақталады.
hours-stay|Hours and marks so far count.|Часы и оценки засчитываются.|Өткен сағаттар мен бағалар есепте қалады.
promise|I have read all that stands above, and I confirm it|Я прочитал всё, что написано выше, и подтверждаю|Жоғарыда жазылғанның бәрін оқып шықтым және растаймын
confirm|Confirm the withdrawal|Подтвердить расторжение|Шартты бұзуды растау
all-rules|All rules (5)|Все правила (5)|Барлық ережелер (5)
preview-lead|If you confirm, the contract ends. Nothing is recorded until then.|Если вы подтвердите, договор будет расторгнут. До подтверждения ничего не записывается.|Растасаңыз, шарт бұзылады. Растағанға дейін ештеңе жазылмайды.
other-ground|Another ground|Другое основание|Басқа негіз
own-words|In your own words|Своими словами|Өз сөзіңізбен
language|Language|Язык|Тілі
order-no|Number of the order|Номер приказа|Бұйрық нөмірі
paper|Request of the student|Заявление студента|Студенттің өтініші
heard|The student has been heard|Студент выслушан|Студент тыңдалды
about-time|Takes about 5 minutes.|Займёт около 5 минут.|Шамамен 5 минут кетеді.
about-need|Have the student's request at hand.|Понадобится заявление студента.|Студенттің өтініші керек болады.
search|Number or name|Номер или имя|Нөмірі немесе аты
state|State|Состояние|Күйі
any|Any|Любое|Кез келген
number|Number|Номер|Нөмірі
next-deadline|Next deadline|Ближайший срок|Келесі мерзім
none-match|No contract matches all filters.|Нет договоров, которые подходят под все фильтры.|Барлық сүзгіге сай келетін шарт жоқ.
drop-all|Take all filters away|Убрать все фильтры|Барлық сүзгіні алып тастау
new-contract|New contract|Новый договор|Жаңа шарт
shown|Contracts shown: {}|Показано договоров: {}|Көрсетілген шарттар саны: {}
tasks|Work list|Задачи|Тапсырмалар
counts|3 tasks: 1 overdue, 1 this week, 1 waiting for others.|Задач: 3. Просрочено: 1, на этой неделе: 1, ждут других: 1.|Тапсырмалар саны: 3. Мерзімі өткені: 1, осы аптада: 1, басқаларды күтуде: 1.
overdue|Overdue|Просрочено|Мерзімі өткен
this-week|This week|На этой неделе|Осы аптада
waiting|Waiting for others|Ждут других|Басқаларды күтуде
no-task|You have nothing to do. Next deadline: {}.|Задач нет. Ближайший срок: {}.|Орындайтын тапсырма жоқ. Келесі мерзім: {}.
"""

WORDS = {
    key: {"en": en, "ru": ru, "kk": kk}
    for key, en, ru, kk in (line.split("|") for line in TABLE.strip().splitlines())
}
