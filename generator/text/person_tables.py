"""Words in names of people and organizations, by what they show about the name."""

from __future__ import annotations

import re

SUFFIXES = frozenset("jr sr ii iii iv jnr snr".split())
"""Suffixes that distinguish two people of one name; without full stops."""

DEGREES = frozenset("phd md esq obe mbe cbe mp qc kc sj op osb dphil edd jd msc bsc".split())
"""Degrees that can follow a comma and are not given names."""

GERMANIC_PARTICLES = frozenset(
    "van von vom vande der den ter ten tot zu zum zur af av bin ben ibn bint ó ní uí mac".split()
)
"""A family name begins with them, after any number of given names."""

ROMANCE_PARTICLES = frozenset(
    "de del dela della delle dello degli dei di da dal dalla do dos das du des la le lo las los"
    " el".split()
)
"""A family name begins with them after one given name."""

GIVEN_NAME_ABBREVIATIONS = frozenset(
    """
    alexr andw ant archd aug benj chas chr danl edm edmd edw edwd eliz elizth ferd fred fredk
    friedr geo gottfr heinr hy jas jno joh jos josh margt matth mich michl nathl nich patk phil
    richd robt saml steph theo thos walt wilh wm
    """.split()
)
"""Given names as letters and registers shorten them; without full stops."""

TITLES = frozenset(
    """
    pope papa saint st san santa santo sankt sainte queen king prince princess emperor
    empress brother sister father mother fr sr br sor fray padre dom don doña dona lord lady sir
    dame baron baroness count countess duke duchess dr prof professor president judge justice rev
    reverend imam rabbi mullah sheikh sheik shaykh ayatollah mr mrs ms miss mme mlle frau herr señor
    señora monsieur madame captain colonel general sergeant
    """.split()
)
"""Titles of people who are cited by their given name, or not by the family name alone."""

POPES = frozenset({"john paul", "juan pablo", "jean paul", "jean-paul", "johannes paul"})
"""Two words before a number that are not a given name and a family name."""

ARABIC_BEGINNINGS = frozenset("abd abdul abdel abdal abu abou umm ibn bin bint".split())
"""Together with the next word they are one name."""

PATRONYMIC = re.compile(r".{2,}(?:ович|евич|ьич|овна|евна|инична|ична|йович|івна|ївна)")

ARTICLES = frozenset("the die les los las".split())
"""First words of names of organizations that no name of a person begins with."""

COMPANIES = frozenset(
    "Inc Ltd LLC LLP PLC plc Corp Co. GmbH AG KG SA S.A. S.A S.L. SRL SpA BV B.V NV N.V AB"
    " A.S e.V e.V. KK Sarl SARL Pty Limited Incorporated".split()
)
"""Last words of names of companies, case-sensitive, with or without the last full stop."""

ORGANIZATIONS = frozenset(
    """
    agence agencia agencies agency agentur agência alliance amnesty archive archives archivo
    archiv army assembly asociación associação association associated asamblea ayuntamiento
    authority biblioteca bibliothek bibliothèque board broadcasting bulletin bundesregierung
    bureau cabinet campaign center centre centro charity club coalition collective college comisión
    comissão comitato comité comitê commission committee community company confederation
    conference congreso congress conseil consejo consortium cooperative corporation council
    courier daily department departamento département diario editors editorial embassy europe
    express federación federation federación fondation forces foundation forum friends front
    fund fundação fundación gazette gesellschaft gobierno gouvernement government governo group
    groupe grupo guardian herald initiative institut institute instituto institution inquirer
    international journal laboratory league library liga magazine medical meteorological ministère
    ministério ministerio ministerium ministero ministry mission mouvement movement municipality
    museo museum nachrichten nations national network news newspaper newsroom notícias noticias
    observatory office orchestra organisation organización organization parliament parlamento
    parti partei partido partito party police polizei programme project publishing radio redacción
    redaction redaktion redazione regierung republic review school secretariat secretaría senate
    service services sociedad sociedade société society staff stiftung studies syndicat syndicate
    team telegraph television times tribunal tribune trust tv union unión universidad
    universidade università universität université university verband verein weekly wire workers
    world youth zeitung министерство институт университет
    reuters afp dpa xinhua tass efe ansa bbc cnn unesco unicef bloomberg wikipedia wikinews
    """.split()
)
"""A name with one of these words is that of an organization; none is a common family name."""

GERMAN_ORGANIZATION = re.compile(
    r".{2,}(?:archiv|bibliothek|bundesamt|gesellschaft|institut|ministerium|museum|rundfunk"
    r"|universität|verband|verein|zeitung)s?"
)
"""A German compound that is the name of an organization: `Stadtarchiv`."""

UNSURE = frozenset(
    "bank church post press star court house hall hospital park street brothers sons abbey of"
    " state states city county district".split()
)
"""Words in names of organizations and of people: "Barclays Bank" and "Frank Church"."""

FAMILY_FIRST = frozenset(
    # Vietnamese, with and without its marks.
    """
    nguyễn nguyen trần phạm pham huỳnh huynh võ đặng bùi đỗ hồ ngô dương lý lê hoàng phan vũ
    """.split()
    # Chinese, in pinyin and older spellings, without those that are given names elsewhere.
    + """
    wang zhang zhao zhou zhu zheng xu xi xie xiao huang hu jiang guo gao luo liu liang deng
    mao chen yang wu sun ma feng dong cao yuan peng zeng lü cai cui pan du ye wei tian tang fang shi
    yao jin qian qin hou meng qiu chiang chou hsu hsieh tsai tseng kuo
    """.split()
    # Korean.
    + "kim park pak yi choi jung jeong cho kang roh yoon bong".split()
    # Hungarian.
    + """
    nagy kovács tóth szabó horváth varga kiss molnár németh farkas balogh papp takács juhász
    lakatos mészáros oláh rácz fekete szilágyi török orbán kádár bartók kodály petőfi jókai arany
    ady józsef babits kosztolányi szabo horvath kovacs toth nemeth
    """.split()
)
"""Family names that some languages put first and others last, so the order is ambiguous."""

KOREAN_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현"
    "함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
)
KOREAN_LONG_FAMILIES = frozenset("남궁 황보 제갈 선우 독고 사공 서문 동방".split())

CHINESE_FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭"
    "蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鍾姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱方侯邹鄒熊"
    "孟秦白江阎閻薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武莫孔向汤湯温溫康施文牛樊葛邢安齐齊易乔"
    "喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴"
    "霍涂成苗谷曲盛冉骆駱蔺藺林习習巴"
)
CHINESE_LONG_FAMILIES = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 宇文"
    " 长孙 長孫 东方 東方 西门 西門 南宫 南宮 端木 百里 呼延 轩辕 軒轅".split()
)

AFTER_CHINESE_FAMILY = frozenset(
    "田川山村木本野原島崎井上下口橋藤沢澤部内谷岡林尾浦辺邊松竹津瀬葉水倉宮塚坂池中森石岸堀屋戸間岩星城脇"
    "見賀代香保地場江根子平丸矢手々ヶ"
)
"""Second characters of Japanese family names whose first character is a Chinese family name."""
