"""The people and words of the example book: a maker of bottles and tumblers and 120 invented customers.

Every address ends in `.example` and every phone number is made up. `{…}` in a line is filled in by `demo`.
"""

from __future__ import annotations

from typing import NamedTuple


class Company(NamedTuple):
    """One customer: `slug` is the part of its web address before `.example`; `chinese` whether it is written to in Chinese."""

    name: str
    slug: str
    country: str
    city: str
    kind: str
    person: str
    position: str
    chinese: bool = False


COMPANIES: tuple[Company, ...] = (
    Company(
        "Nordlicht Trinkkultur GmbH", "nordlicht", "DE", "Hamburg", "importer", "Anna Schmidt", "Purchasing Manager"
    ),
    Company(
        "Rheinwerk Werbemittel GmbH & Co. KG", "rheinwerk", "DE", "Köln", "distributor", "Jürgen Müller", "Einkauf"
    ),
    Company("Alpenquell Sport AG", "alpenquell", "DE", "München", "brand", "Katrin Huber", "Product Manager"),
    Company("Hansa Haushaltswaren GmbH", "hansa-haushalt", "DE", "Bremen", "wholesaler", "Dieter Voss", "CEO"),
    Company("Bergkristall Outdoor OHG", "bergkristall", "DE", "Leipzig", "retailer", "Lena Krüger", "Buyer"),
    Company("Donauperle Handels GmbH", "donauperle", "AT", "Wien", "trader", "Markus Steiner", "CEO"),
    Company("Gletscher Trinkflaschen AG", "gletscher", "CH", "Zürich", "brand", "Reto Baumann", "Head of Sourcing"),
    Company("Maison Lavandin SARL", "maison-lavandin", "FR", "Lyon", "brand", "Élodie Garnier", "Responsable achats"),
    Company("Comptoir des Alpes SAS", "comptoir-alpes", "FR", "Grenoble", "retailer", "Julien Moreau", "Acheteur"),
    Company("Bretagne Cadeaux SARL", "bretagne-cadeaux", "FR", "Rennes", "wholesaler", "Maëlle Le Gall", "Gérante"),
    Company("Bottega dell'Acqua S.r.l.", "bottega-acqua", "IT", "Milano", "brand", "Giulia Conti", "Buyer"),
    Company("Fratelli Marchetti S.p.A.", "marchetti", "IT", "Bologna", "wholesaler", "Paolo Marchetti", "CEO"),
    Company("Regali Veneti S.n.c.", "regali-veneti", "IT", "Verona", "distributor", "Chiara Rossi", "Acquisti"),
    Company("Sol y Sierra S.L.", "solysierra", "ES", "Valencia", "importer", "Carmen Ortega", "Compras"),
    Company("Hogar Norte Distribuciones S.A.", "hogar-norte", "ES", "Bilbao", "distributor", "Iker Etxeberria", "CEO"),
    Company("Atlântico Brindes Lda.", "atlantico-brindes", "PT", "Porto", "wholesaler", "Inês Carvalho", "Compradora"),
    Company(
        "Van der Meer Drinkware B.V.", "vandermeer", "NL", "Rotterdam", "importer", "Sanne de Vries", "Category Buyer"
    ),
    Company("Polder Promo B.V.", "polder-promo", "NL", "Utrecht", "distributor", "Joost Bakker", "CEO"),
    Company("Scheldt Trading N.V.", "scheldt", "BE", "Antwerpen", "trader", "Pieter Janssens", "Purchasing"),
    Company("Wisła Gadżety Sp. z o.o.", "wisla-gadzety", "PL", "Kraków", "distributor", "Agnieszka Nowak", "Kupiec"),
    Company("Baltic Home Sp. z o.o.", "baltic-home", "PL", "Gdańsk", "retailer", "Tomasz Zieliński", "Import Manager"),
    Company("Vltava Sport s.r.o.", "vltava-sport", "CZ", "Praha", "retailer", "Petra Dvořáková", "Nákup"),
    Company("Pannonia Ajándék Kft.", "pannonia", "HU", "Budapest", "wholesaler", "Gábor Szabó", "Ügyvezető"),
    Company("Carpati Distribuție S.R.L.", "carpati", "RO", "Cluj-Napoca", "distributor", "Ioana Popescu", "Achiziții"),
    Company("Fjällvatten AB", "fjallvatten", "SE", "Göteborg", "brand", "Elin Lindqvist", "Sourcing Lead"),
    Company("Norrsken Profil AB", "norrsken", "SE", "Umeå", "distributor", "Oskar Berg", "CEO"),
    Company("Kystlinje ApS", "kystlinje", "DK", "Aarhus", "brand", "Mette Sørensen", "Indkøb"),
    Company("Fjordkopp AS", "fjordkopp", "NO", "Bergen", "importer", "Håkon Dahl", "Innkjøp"),
    Company("Järvivesi Oy", "jarvivesi", "FI", "Tampere", "retailer", "Aino Mäkinen", "Ostaja"),
    Company("Emerald Isle Gifts Ltd", "emerald-gifts", "IE", "Dublin", "wholesaler", "Niamh O'Brien", "Buyer"),
    Company("Pennine Outdoor Ltd", "pennine-outdoor", "GB", "Manchester", "brand", "Oliver Hughes", "Buying Director"),
    Company(
        "Thames & Tweed Homeware Ltd", "thames-tweed", "GB", "London", "retailer", "Charlotte Evans", "Senior Buyer"
    ),
    Company(
        "Cotswold Promotions Ltd",
        "cotswold-promo",
        "GB",
        "Bristol",
        "distributor",
        "James Whitfield",
        "Account Manager",
    ),
    Company("Caledonia Flask Co. Ltd", "caledonia-flask", "GB", "Edinburgh", "brand", "Fiona MacLeod", "Founder"),
    Company("Αιγαίο Δώρα Α.Ε.", "aegean-gifts", "GR", "Athens", "wholesaler", "Νίκος Παπαδόπουλος", "Προμήθειες"),
    Company("Boğaziçi Mutfak A.Ş.", "bogazici-mutfak", "TR", "Istanbul", "wholesaler", "Elif Yılmaz", "Satın Alma"),
    Company("Anadolu Termos Ltd. Şti.", "anadolu-termos", "TR", "Izmir", "importer", "Mehmet Kaya", "CEO"),
    Company("ООО «Северный Термос»", "severterm", "RU", "Moscow", "importer", "Анна Соколова", "Закупки"),
    Company("ООО «Уралпосуда»", "uralposuda", "RU", "Yekaterinburg", "wholesaler", "Дмитрий Лебедев", "Директор"),
    Company("ТОО «Алатау Трейд»", "alatau-trade", "KZ", "Almaty", "trader", "Айгуль Нурланова", "Директор"),
    Company("شركة واحة الخليج التجارية", "gulf-oasis", "AE", "Dubai", "trader", "أحمد منصور", "مدير المشتريات"),
    Company(
        "Dune & Pearl General Trading LLC",
        "dune-pearl",
        "AE",
        "Sharjah",
        "wholesaler",
        "Imran Sheikh",
        "Managing Partner",
    ),
    Company("مؤسسة نجد للهدايا", "najd-gifts", "SA", "Riyadh", "distributor", "فهد العتيبي", "المدير العام"),
    Company("Red Sea Housewares Est.", "redsea-house", "SA", "Jeddah", "importer", "Khalid Al-Harbi", "Purchasing"),
    Company("Nile Delta Imports S.A.E.", "niledelta", "EG", "Cairo", "importer", "Mona Farouk", "Import Manager"),
    Company("Galil Drinkware Ltd.", "galil-drink", "IL", "Haifa", "brand", "Noa Levi", "Product Manager"),
    Company("Petra Valley Trading Co.", "petra-valley", "JO", "Amman", "trader", "Rania Haddad", "Partner"),
    Company("Atlas Cadeaux SARL", "atlas-cadeaux", "MA", "Casablanca", "wholesaler", "Youssef Benali", "Gérant"),
    Company("Sunrise Steelware Pvt Ltd", "sunrise-steel", "IN", "Mumbai", "distributor", "Rajesh Mehta", "Director"),
    Company("Himalaya Hydration Pvt Ltd", "himalaya-hydra", "IN", "Bengaluru", "brand", "Priya Nair", "Sourcing Head"),
    Company("Ganga Gift House LLP", "ganga-gift", "IN", "New Delhi", "wholesaler", "Sandeep Gupta", "Partner"),
    Company("Indus Home Pvt Ltd", "indus-home", "PK", "Karachi", "importer", "Ayesha Khan", "Procurement"),
    Company("Padma Promotions Ltd", "padma-promo", "BD", "Dhaka", "distributor", "Tanvir Rahman", "CEO"),
    Company("Everest Trekking Supplies", "everest-trek", "NP", "Kathmandu", "retailer", "Pemba Sherpa", "Owner"),
    Company("Serendib Lifestyle (Pvt) Ltd", "serendib-life", "LK", "Colombo", "retailer", "Dilini Perera", "Buyer"),
    Company("PT Nusantara Minum", "nusantara-minum", "ID", "Jakarta", "brand", "Dewi Lestari", "Brand Manager"),
    Company("PT Surya Rumah Tangga", "surya-rt", "ID", "Surabaya", "wholesaler", "Budi Santoso", "Direktur"),
    Company(
        "Merdeka Houseware Sdn Bhd", "merdeka-house", "MY", "Kuala Lumpur", "wholesaler", "陈美玲", "采购经理", True
    ),
    Company("槟城礼品有限公司", "penang-gifts", "MY", "Penang", "distributor", "林志强", "董事", True),
    Company("Lion City Tumblers Pte Ltd", "lioncity", "SG", "Singapore", "brand", "Rachel Tan", "Founder", True),
    Company("สยามขวดน้ำ จำกัด", "siam-bottle", "TH", "Bangkok", "importer", "สมชาย วงศ์สุวรรณ", "ผู้จัดการ"),
    Company("Công ty TNHH Sen Vàng", "sen-vang", "VN", "Ho Chi Minh City", "importer", "Nguyễn Thị Lan", "Giám đốc"),
    Company("Luzon Lifestyle Corp.", "luzon-life", "PH", "Manila", "retailer", "Maria Santos", "Merchandiser"),
    Company("株式会社みずのわ", "mizunowa", "JP", "Tokyo", "brand", "田中健一", "商品部"),
    Company("株式会社関西ノベルティ", "kansai-novelty", "JP", "Osaka", "distributor", "佐藤由美", "仕入担当"),
    Company("有限会社北海アウトドア", "hokkai-outdoor", "JP", "Sapporo", "retailer", "鈴木大輔", "代表"),
    Company("(주)한강리빙", "hangang-living", "KR", "Seoul", "importer", "김민수", "구매팀장"),
    Company("부산텀블러 주식회사", "busan-tumbler", "KR", "Busan", "brand", "이서연", "MD"),
    Company("台灣晨露生活用品股份有限公司", "chenlu", "TW", "Taipei", "brand", "黃雅婷", "採購經理", True),
    Company("高雄海洋禮贈品行", "kaohsiung-gifts", "TW", "Kaohsiung", "wholesaler", "吳建宏", "老闆", True),
    Company("香港维港礼品有限公司", "harbour-gifts", "HK", "Hong Kong", "trader", "何嘉欣", "采购主任", True),
    Company("Kowloon Sourcing Ltd", "kowloon-src", "HK", "Hong Kong", "agent", "Kelvin Lau", "Merchandiser", True),
    Company("深圳市蓝鲸跨境电商有限公司", "bluewhale-sz", "CN", "深圳", "trader", "王丽", "运营总监", True),
    Company("深圳市优品礼业有限公司", "youpin-sz", "CN", "深圳", "distributor", "李伟", "采购", True),
    Company("义乌市百汇进出口有限公司", "baihui-yw", "CN", "义乌", "trader", "张敏", "总经理", True),
    Company("宁波远航国际贸易有限公司", "yuanhang-nb", "CN", "宁波", "trader", "陈浩", "业务经理", True),
    Company("广州晨曦家居用品有限公司", "chenxi-gz", "CN", "广州", "wholesaler", "刘洋", "采购主管", True),
    Company("杭州森野户外品牌管理有限公司", "senye-hz", "CN", "杭州", "brand", "赵倩", "产品经理", True),
    Company("厦门鹭岛进出口有限公司", "ludao-xm", "CN", "厦门", "agent", "林晓东", "总经理", True),
    Company("上海新天地礼品有限公司", "xtd-gifts", "CN", "上海", "distributor", "周婷", "客户经理", True),
    Company("Southern Cross Bottles Pty Ltd", "southerncross", "AU", "Sydney", "brand", "Liam Walker", "Founder"),
    Company("Outback Promo Pty Ltd", "outback-promo", "AU", "Brisbane", "distributor", "Chloe Nguyen", "Sourcing"),
    Company("Yarra Home Pty Ltd", "yarra-home", "AU", "Melbourne", "retailer", "Jack Thompson", "Category Manager"),
    Company("Kiwi Trail Ltd", "kiwi-trail", "NZ", "Auckland", "retailer", "Hannah Wilson", "Owner"),
    Company("Cape Fynbos Gifts (Pty) Ltd", "cape-fynbos", "ZA", "Cape Town", "wholesaler", "Thandi Nkosi", "Buyer"),
    Company("Highveld Corporate Gifts CC", "highveld", "ZA", "Johannesburg", "distributor", "Johan Botha", "Member"),
    Company("Lagos Lifestyle Ltd", "lagos-life", "NG", "Lagos", "importer", "Chidi Okafor", "MD"),
    Company("Savannah Home Ltd", "savannah-home", "KE", "Nairobi", "retailer", "Wanjiru Kamau", "Buyer"),
    Company("Gold Coast Traders Ltd", "goldcoast", "GH", "Accra", "trader", "Kwame Mensah", "Director"),
    Company("Ipê Brindes Ltda.", "ipe-brindes", "BR", "São Paulo", "distributor", "Mariana Souza", "Compras"),
    Company("Copa Esportes S.A.", "copa-esportes", "BR", "Rio de Janeiro", "retailer", "Rafael Lima", "Comprador"),
    Company("Pampa Mate S.R.L.", "pampa-mate", "AR", "Buenos Aires", "brand", "Sofía Fernández", "Fundadora"),
    Company("Andes Outdoor SpA", "andes-outdoor", "CL", "Santiago", "retailer", "Matías Rojas", "Importaciones"),
    Company("Inti Regalos S.A.C.", "inti-regalos", "PE", "Lima", "wholesaler", "Lucía Quispe", "Gerente"),
    Company("Cafetal Hogar S.A.S.", "cafetal", "CO", "Bogotá", "importer", "Andrés Restrepo", "Gerente"),
    Company(
        "Sonora Promocionales S.A. de C.V.",
        "sonora-promo",
        "MX",
        "Monterrey",
        "distributor",
        "Diego Ramírez",
        "Compras",
    ),
    Company("Casa Azul Importaciones S.A.", "casa-azul", "MX", "Mexico City", "importer", "Valeria Cruz", "Directora"),
    Company("Ridgeline Hydration LLC", "ridgeline", "US", "Denver", "brand", "Megan Carter", "VP Product"),
    Company("Bayou Promo Products Inc.", "bayou-promo", "US", "Houston", "distributor", "Travis Boudreaux", "Owner"),
    Company("Harborview Gifts Inc.", "harborview", "US", "Boston", "wholesaler", "Emily Foster", "Buyer"),
    Company("Golden State Tumblers LLC", "goldenstate", "US", "Los Angeles", "brand", "Jason Kim", "Founder"),
    Company("Prairie Home Goods Co.", "prairie-home", "US", "Chicago", "retailer", "Laura Peterson", "Senior Buyer"),
    Company(
        "Magnolia Event Supply LLC", "magnolia-event", "US", "Atlanta", "end_user", "Denise Brooks", "Event Manager"
    ),
    Company("Cascade Coffee Roasters", "cascade-coffee", "US", "Seattle", "end_user", "Ben Howard", "Merchandise"),
    Company("Maple Leaf Drinkware Inc.", "mapleleaf", "CA", "Toronto", "importer", "Sophie Tremblay", "Import Manager"),
    Company("Pacific Rim Outfitters Ltd.", "pacificrim", "CA", "Vancouver", "retailer", "Daniel Wong", "Buyer"),
    Company("Laurentides Cadeaux inc.", "laurentides", "CA", "Montreal", "wholesaler", "Marc Gagnon", "Acheteur"),
    Company("Trailhead Bottle Company", "trailhead", "US", "Portland", "brand", "Olivia Reed", "Sourcing Manager"),
    Company("Lonestar Fitness Clubs Inc.", "lonestar-fit", "US", "Dallas", "end_user", "Carlos Mendoza", "Procurement"),
    Company("青岛海润进出口有限公司", "hairun-qd", "CN", "青岛", "agent", "孙磊", "经理", True),
    Company("成都天府文创有限公司", "tianfu-cd", "CN", "成都", "brand", "唐雨", "品牌经理", True),
    Company("新加坡南洋贸易私人有限公司", "nanyang-sg", "SG", "Singapore", "trader", "郭文辉", "董事经理", True),
    Company("Zagreb Dom d.o.o.", "zagreb-dom", "HR", "Zagreb", "retailer", "Ivana Horvat", "Nabava"),
    Company("Adria Darila d.o.o.", "adria-darila", "SI", "Ljubljana", "distributor", "Matej Kovač", "Direktor"),
    Company("Vilnius Vanduo UAB", "vilnius-vanduo", "LT", "Vilnius", "importer", "Rasa Kazlauskienė", "Pirkimai"),
    Company("София Дом ЕООД", "sofia-dom", "BG", "Sofia", "wholesaler", "Георги Иванов", "Управител"),
    Company("Tbilisi Home LLC", "tbilisi-home", "GE", "Tbilisi", "importer", "Nino Beridze", "Director"),
    Company("ТОВ «Дніпро Подарунки»", "dnipro-gifts", "UA", "Kyiv", "distributor", "Олена Коваленко", "Закупівлі"),
    Company("Cork & Clover Kitchens Ltd", "cork-clover", "IE", "Cork", "retailer", "Aoife Murphy", "Owner"),
    Company("Baja Surf Supply LLC", "baja-surf", "US", "San Diego", "retailer", "Kayla Jensen", "Buyer"),
)

PRODUCTS: tuple[tuple[str, str], ...] = (
    ("500 ml vacuum bottles", "500ml保温杯"),
    ("750 ml sports bottles", "750ml运动水壶"),
    ("20 oz tumblers", "20oz大口杯"),
    ("40 oz handle tumblers", "40oz车载杯"),
    ("kids' straw bottles", "儿童吸管杯"),
    ("bamboo lid coffee cups", "竹盖咖啡杯"),
    ("insulated lunch jars", "焖烧罐"),
    ("glass infuser bottles", "玻璃泡茶杯"),
    ("camping mugs", "露营马克杯"),
    ("wine tumbler sets", "红酒杯套装"),
)

SOURCES = ("trade_show", "b2b_platform", "referral", "own_search", "website", "social")
LANGUAGES = {"DE": "Deutsch", "FR": "français", "ES": "español", "JP": "日本語", "RU": "русский", "BR": "português"}

TAGS: tuple[tuple[str, str], ...] = (
    ("price-sensitive", "价敏感"),
    ("high-potential", "潜力大"),
    ("haggler", "谈判型"),
    ("custom-logo", "定制logo"),
    ("Amazon", "亚马逊"),
    ("Christmas-order", "圣诞单"),
    ("big-box", "商超"),
    ("slow-payer", "付款慢"),
    ("plastic-free", "环保包装"),
    ("CantonFair", "广交会"),
)

NEEDS: tuple[tuple[str, str], ...] = (
    ("LFGB report, plastic-free box, logo by laser", "要LFGB报告，无塑包装，激光刻字"),
    ("lead time under 30 days, mixed colours per carton", "交期30天内，混色装箱"),
    ("target price below last supplier, steady quality", "目标价低于上家，质量要稳"),
    ("small trial first, then quarterly orders", "先小单试，再按季度返单"),
    ("own mould for the lid, NDA before drawings", "杯盖要开私模，先签保密再给图"),
)


class Line(NamedTuple):
    """What happened (need – action) and what follows, each in English and in Chinese."""

    said: tuple[str, str]
    next: tuple[str, str]


# By stage, and for those who do not answer; in the order of time.
LINES: dict[str, tuple[Line, ...]] = {
    "contacted": (
        Line(
            (
                "Met at the fair, took our card, sells to gift shops in {city} – sent price range",
                "广交会上见过，主要卖给{city}的礼品店 – 发了价格区间",
            ),
            ("ask for their top three models", "让他选三款"),
        ),
        Line(
            (
                "{person} decides on new suppliers, asked for reports – introduced our plant",
                "新供应商由{person}拍板，要验厂报告 – 发了工厂介绍",
            ),
            ("call {person}", "给{person}打电话"),
        ),
        Line(
            (
                "Wants {product} for spring, asked who makes them now – sent catalogue page 12",
                "开春要上{product}，问现在谁在供 – 发了目录第12页",
            ),
            ("ask which models they like", "问看中哪几款"),
        ),
        Line(
            (
                "Has a supplier but is unhappy with leaking lids – sent our lid test video",
                "现供应商杯盖漏水，不满意 – 发了我们的倒置测试视频",
            ),
            ("ask whether the video convinced", "问视频看了没"),
        ),
        Line(
            ("Asked for MOQ of {product} – told {moq} pcs, mixed colours fine", "问{product}起订量 – 答{moq}个可混色"),
            ("ask for quantity per colour", "问每色数量"),
        ),
    ),
    "qualified": (
        Line(
            (
                "Needs {qty} {product}, laser logo, retail box – asked for artwork and destination port",
                "要{qty}个{product}，激光logo，零售彩盒 – 已要设计稿和目的港",
            ),
            ("quote once artwork is in", "收到稿子就报价"),
        ),
        Line(
            (
                "Asked for LFGB and FDA reports before price – sent both, valid until next May",
                "先要LFGB和FDA报告再谈价 – 两份都发了，有效期到明年5月",
            ),
            ("confirm they passed quality team", "确认品质部过没过"),
        ),
        Line(
            (
                "Budget is tight, buys twice a year – proposed single wall instead of double",
                "预算紧，一年采购两次 – 建议单层代替双层",
            ),
            ("send both prices", "两个方案都报价"),
        ),
        Line(
            (
                "{person} wants to see the plant by video – showed polishing and leak test",
                "{person}要视频验厂 – 看了抛光和气密检测",
            ),
            ("send minutes and offer", "发会议纪要和报价"),
        ),
        Line(
            ("Wants own lid mould – mould USD 3,200, back after 20,000 pcs", "想开私模杯盖 – 模费3200美金，满2万个退"),
            ("send mould drawing", "发模具图"),
        ),
    ),
    "quoted": (
        Line(
            ("Quoted {qty} {product}, lead time 35 days, 30 % deposit", "报了{qty}个{product}，交期35天，30%定金"),
            ("ask for feedback on the quote", "问报价反馈"),
        ),
        Line(
            (
                "Finds us 8 % above the other offer – explained 316 steel and 5-layer box",
                "说比另一家贵8% – 解释了316钢和五层彩盒",
            ),
            ("offer 3 % at {moq} pcs", "{moq}个起让3%"),
        ),
        Line(
            ("Wants the same price with gift box – offered box at 0.22 each", "想含礼盒不加价 – 礼盒按0.22一个报"),
            ("ask whether box is approved", "问礼盒定了没"),
        ),
        Line(
            (
                "Asked for DDP price to {city} – forwarder needs carton data, sent them",
                "要到{city}的DDP价 – 货代要箱规，已给",
            ),
            ("send DDP price", "发DDP价"),
        ),
        Line(
            (
                "Boss is travelling, decision after the 15th – quote valid for 30 days",
                "老板出差，15号以后才定 – 报价30天有效",
            ),
            ("remind before validity ends", "到期前提醒"),
        ),
    ),
    "sampling": (
        Line(
            (
                "Sample fee USD 60 received, refunded with the order – 3 colours to make",
                "收到样品费60美金，下单后退 – 先做3个颜色",
            ),
            ("send photo of the samples", "发样品照片"),
        ),
        Line(
            ("First sample came out too dark – new one in Pantone 7463", "第一版样品颜色偏深 – 按潘通7463重打"),
            ("send photo of the new sample", "发新样照片"),
        ),
        Line(
            (
                "Samples ready: 3 colours, laser logo, photo approved by {person} – sent by DHL",
                "样品好了：3个颜色，激光logo，照片{person}已确认 – DHL寄出",
            ),
            ("ask for feedback on the samples", "问样品反馈"),
        ),
    ),
    "negotiating": (
        Line(
            ("Compares with a plant in Vietnam – offered free spare lids, 1 %", "在和越南工厂比 – 送1%备用杯盖"),
            ("call before they decide", "他们定之前打电话"),
        ),
        Line(
            ("Wants exclusivity for {city} – fine from 30,000 pcs a year", "想要{city}独家 – 一年3万个以上可以"),
            ("send draft agreement", "发代理协议草稿"),
        ),
        Line(
            (
                "Will take {qty} if payment is 20/80 against B/L copy – asked our finance",
                "付款20/80见提单副本就下{qty}个 – 已问财务",
            ),
            ("answer on payment terms", "答复付款方式"),
        ),
        Line(
            (
                "PI {pi} sent, USD {amount} – {person} checks with accounting",
                "PI {pi}已发，{amount}美金 – {person}在走财务",
            ),
            ("ask about the deposit", "问定金"),
        ),
    ),
    "ordered": (
        Line(
            (
                "Deposit for PI {pi} arrived, USD {deposit} – production starts Monday",
                "PI {pi}定金到账{deposit}美金 – 下周一上线",
            ),
            ("send pre-production sample photo", "发产前样照片"),
        ),
        Line(
            (
                "Mass production half done, inspection booked – sent photos of the line",
                "大货做了一半，已约验货 – 发了产线照片",
            ),
            ("send inspection report", "发验货报告"),
        ),
        Line(
            (
                "Goods on board, 30 days by sea – balance USD {balance} due against B/L copy",
                "已装船，海运30天 – 尾款{balance}美金见提单副本付",
            ),
            ("ask for the balance", "催尾款"),
        ),
        Line(
            ("Arrived in {city}, two cartons dented – agreed on 12 free pieces", "货到{city}，两箱压坏 – 同意补12个"),
            ("ask how the first week sells", "问第一周卖得怎样"),
        ),
    ),
    "repeat": (
        Line(
            (
                "Sells well, plans next {qty} for autumn – told that steel went up 4 %",
                "卖得不错，秋季再要{qty}个 – 告知钢材涨4%",
            ),
            ("send new price before month end", "月底前发新价"),
        ),
        Line(
            ("Asked for new colours of {product} – sent this year's chart", "要{product}新颜色 – 发了今年色卡"),
            ("ask for their colour choice", "问选哪几个色"),
        ),
        Line(
            ("Repeat order likely after stocktaking – holiday greeting sent", "盘点后可能返单 – 发了节日问候"),
            ("ask for stock level", "问库存还剩多少"),
        ),
        Line(
            ("Wants to add {product2} to the next container – 3 cbm left", "下个柜想加{product2} – 还空3方"),
            ("quote the addition", "报加单价"),
        ),
    ),
    "cold": (
        Line(
            ("Budget frozen until next year – wished a good season", "预算冻结到明年 – 祝旺季顺利"),
            ("send new models", "发新款"),
        ),
        Line(
            (
                "Opened the newsletter twice, no reply – sent the new {product}",
                "新品邮件打开两次没回 – 又发了{product}新款",
            ),
            ("call at their morning", "赶他们早上打电话"),
        ),
        Line(
            ("Secretary says {person} is on leave – left our number", "前台说{person}休假 – 留了号码"),
            ("call again", "再打一次"),
        ),
        Line(
            (
                "Third mail without an answer – sent the case of a shop chain in their country",
                "第三封邮件没回 – 发了他们国家一家连锁店的案例",
            ),
            ("try {person} on LinkedIn", "领英上找{person}"),
        ),
    ),
}

CHANNELS: tuple[tuple[str, str], ...] = (
    ("email", "邮件"),
    ("email", "邮件"),
    ("wa", "wa"),
    ("wa", "whatsapp"),
    ("phone", "电话"),
    ("video", "视频"),
    ("linkedin", "领英"),
)
CHINESE_CHANNELS: tuple[tuple[str, str], ...] = (
    ("wechat", "微信"),
    ("wechat", "微信"),
    ("phone", "电话"),
    ("email", "邮件"),
)

LOST: tuple[tuple[str, str], ...] = (
    ("went to a plant in Vietnam, 11 % cheaper", "去了越南工厂，便宜11%"),
    ("project cancelled, no budget this year", "项目取消，今年没预算"),
    ("minimum quantity too high for them", "嫌起订量太高"),
    ("buys from stock in Europe now", "改从欧洲现货拿"),
)
FEEDBACK: tuple[tuple[str, str], ...] = (
    ("lid fits, colour approved, wants thicker base", "盖子合适，颜色确认，底要加厚"),
    ("logo too small, otherwise fine", "logo偏小，其他可以"),
)
