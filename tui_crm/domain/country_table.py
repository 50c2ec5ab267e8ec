"""What `countries` knows: codes, names and aliases, dialling codes, zones, weekends, and cities on other clocks.

Codes are ISO 3166-1 and E.164, zones are IANA's, names and weekends follow the Unicode CLDR; Kosovo has its
user-assigned code, because goods go there too. Names in other languages and spellings are what sheets really hold.
"""

# alpha-2|alpha-3|dialling code|zone of the main city|English|Chinese|other names ...; a line may go on with |.
COUNTRIES = """\
AD|AND|376|Europe/Andorra|Andorra|安道尔
AE|ARE|971|Asia/Dubai|United Arab Emirates|阿联酋|UAE|Emirates|阿拉伯联合酋长国|阿拉伯聯合大公國|阿聯酋
AF|AFG|93|Asia/Kabul|Afghanistan|阿富汗
AG|ATG|1268|America/Antigua|Antigua & Barbuda|安提瓜和巴布达
AI|AIA|1264|America/Anguilla|Anguilla|安圭拉
AL|ALB|355|Europe/Tirane|Albania|阿尔巴尼亚|Shqipëria|Albanien
AM|ARM|374|Asia/Yerevan|Armenia|亚美尼亚|Hayastan
AO|AGO|244|Africa/Luanda|Angola|安哥拉
AQ|ATA|672|Antarctica/McMurdo|Antarctica|南极洲
AR|ARG|54|America/Argentina/Buenos_Aires|Argentina|阿根廷|República Argentina
AS|ASM|1684|Pacific/Pago_Pago|American Samoa|美属萨摩亚
AT|AUT|43|Europe/Vienna|Austria|奥地利|Österreich|Oesterreich|奧地利
AU|AUS|61|Australia/Sydney|Australia|澳大利亚|Aussie|澳洲|澳大利亞
AW|ABW|297|America/Aruba|Aruba|阿鲁巴
AX|ALA|358|Europe/Mariehamn|Åland Islands|奥兰群岛
AZ|AZE|994|Asia/Baku|Azerbaijan|阿塞拜疆|Azərbaycan|Azerbaidjan|阿塞拜彊
BA|BIH|387|Europe/Sarajevo|Bosnia & Herzegovina|波黑|Bosnia|Bosna i Hercegovina|波斯尼亚|波斯尼亚和黑塞哥维那
BB|BRB|1246|America/Barbados|Barbados|巴巴多斯
BD|BGD|880|Asia/Dhaka|Bangladesh|孟加拉国|孟加拉|孟加拉國
BE|BEL|32|Europe/Brussels|Belgium|比利时|Belgique|België|Belgien|比利時
BF|BFA|226|Africa/Ouagadougou|Burkina Faso|布基纳法索
BG|BGR|359|Europe/Sofia|Bulgaria|保加利亚|България|保加利亞
BH|BHR|973|Asia/Bahrain|Bahrain|巴林
BI|BDI|257|Africa/Bujumbura|Burundi|布隆迪
BJ|BEN|229|Africa/Porto-Novo|Benin|贝宁
BL|BLM|590|America/St_Barthelemy|St. Barthélemy|圣巴泰勒米
BM|BMU|1441|Atlantic/Bermuda|Bermuda|百慕大
BN|BRN|673|Asia/Brunei|Brunei|文莱|Brunei Darussalam|汶莱
BO|BOL|591|America/La_Paz|Bolivia|玻利维亚|Plurinational State of Bolivia
BQ|BES|599|America/Kralendijk|Caribbean Netherlands|荷属加勒比区
BR|BRA|55|America/Sao_Paulo|Brazil|巴西|Brasil
BS|BHS|1242|America/Nassau|Bahamas|巴哈马
BT|BTN|975|Asia/Thimphu|Bhutan|不丹
BV|BVT|47|Europe/Oslo|Bouvet Island|布韦岛
BW|BWA|267|Africa/Gaborone|Botswana|博茨瓦纳
BY|BLR|375|Europe/Minsk|Belarus|白俄罗斯|Belorussia|Беларусь|白俄羅斯|白俄
BZ|BLZ|501|America/Belize|Belize|伯利兹
CA|CAN|1|America/Toronto|Canada|加拿大|加国
CC|CCK|61|Indian/Cocos|Cocos (Keeling) Islands|科科斯（基林）群岛|Cocos Islands|Keeling Islands
CD|COD|243|Africa/Kinshasa|Congo (Kinshasa)|刚果（金）|DRC|DR Congo|Democratic Republic of the Congo|刚果民主共和国
|民主刚果
CF|CAF|236|Africa/Bangui|Central African Republic|中非|中非共和国
CG|COG|242|Africa/Brazzaville|Congo (Brazzaville)|刚果（布）|Republic of the Congo|刚果共和国
CH|CHE|41|Europe/Zurich|Switzerland|瑞士|Schweiz|Suisse|Svizzera
CI|CIV|225|Africa/Abidjan|Côte d'Ivoire|科特迪瓦|Ivory Coast|象牙海岸
CK|COK|682|Pacific/Rarotonga|Cook Islands|库克群岛
CL|CHL|56|America/Santiago|Chile|智利
CM|CMR|237|Africa/Douala|Cameroon|喀麦隆
CN|CHN|86|Asia/Shanghai|China|中国|PRC|P.R. China|Mainland China|中华人民共和国|中國|中国大陆
CO|COL|57|America/Bogota|Colombia|哥伦比亚|Columbia
CR|CRI|506|America/Costa_Rica|Costa Rica|哥斯达黎加
CU|CUB|53|America/Havana|Cuba|古巴
CV|CPV|238|Atlantic/Cape_Verde|Cape Verde|佛得角|Cabo Verde
CW|CUW|599|America/Curacao|Curaçao|库拉索
CX|CXR|61|Indian/Christmas|Christmas Island|圣诞岛
CY|CYP|357|Asia/Nicosia|Cyprus|塞浦路斯
CZ|CZE|420|Europe/Prague|Czechia|捷克|Czech Republic|Czech|Česko|Česká republika|捷克共和国
DE|DEU|49|Europe/Berlin|Germany|德国|Deutschland|Federal Republic of Germany|Alemania|Allemagne|德意志|德國
DJ|DJI|253|Africa/Djibouti|Djibouti|吉布提
DK|DNK|45|Europe/Copenhagen|Denmark|丹麦|Danmark|丹麥
DM|DMA|1767|America/Dominica|Dominica|多米尼克
DO|DOM|1809|America/Santo_Domingo|Dominican Republic|多米尼加|Dominican Rep.|Dominican|República Dominicana
|多米尼加共和国|多明尼加
DZ|DZA|213|Africa/Algiers|Algeria|阿尔及利亚|Algérie
EC|ECU|593|America/Guayaquil|Ecuador|厄瓜多尔|厄瓜多爾
EE|EST|372|Europe/Tallinn|Estonia|爱沙尼亚|Eesti|愛沙尼亞
EG|EGY|20|Africa/Cairo|Egypt|埃及|Misr|Égypte
EH|ESH|212|Africa/El_Aaiun|Western Sahara|西撒哈拉
ER|ERI|291|Africa/Asmara|Eritrea|厄立特里亚
ES|ESP|34|Europe/Madrid|Spain|西班牙|España|Espagne|Spanien
ET|ETH|251|Africa/Addis_Ababa|Ethiopia|埃塞俄比亚|衣索比亚
FI|FIN|358|Europe/Helsinki|Finland|芬兰|Suomi|芬蘭
FJ|FJI|679|Pacific/Fiji|Fiji|斐济
FK|FLK|500|Atlantic/Stanley|Falkland Islands|福克兰群岛
FM|FSM|691|Pacific/Pohnpei|Micronesia|密克罗尼西亚|密克罗尼西亚联邦
FO|FRO|298|Atlantic/Faroe|Faroe Islands|法罗群岛
FR|FRA|33|Europe/Paris|France|法国|法國|法兰西
GA|GAB|241|Africa/Libreville|Gabon|加蓬
GB|GBR|44|Europe/London|United Kingdom|英国|UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|英國
|大不列颠|英格兰|苏格兰|威尔士|北爱尔兰
GD|GRD|1473|America/Grenada|Grenada|格林纳达
GE|GEO|995|Asia/Tbilisi|Georgia|格鲁吉亚|Sakartvelo|乔治亚|喬治亞
GF|GUF|594|America/Cayenne|French Guiana|法属圭亚那
GG|GGY|44|Europe/Guernsey|Guernsey|根西岛
GH|GHA|233|Africa/Accra|Ghana|加纳|迦纳
GI|GIB|350|Europe/Gibraltar|Gibraltar|直布罗陀
GL|GRL|299|America/Nuuk|Greenland|格陵兰
GM|GMB|220|Africa/Banjul|Gambia|冈比亚
GN|GIN|224|Africa/Conakry|Guinea|几内亚
GP|GLP|590|America/Guadeloupe|Guadeloupe|瓜德罗普
GQ|GNQ|240|Africa/Malabo|Equatorial Guinea|赤道几内亚
GR|GRC|30|Europe/Athens|Greece|希腊|Hellas|Ελλάδα|希臘
GS|SGS|500|Atlantic/South_Georgia|South Georgia & South Sandwich Islands|南乔治亚和南桑威奇群岛
GT|GTM|502|America/Guatemala|Guatemala|危地马拉|瓜地马拉
GU|GUM|1671|Pacific/Guam|Guam|关岛
GW|GNB|245|Africa/Bissau|Guinea-Bissau|几内亚比绍
GY|GUY|592|America/Guyana|Guyana|圭亚那
HK|HKG|852|Asia/Hong_Kong|Hong Kong|中国香港|Hong Kong SAR|香港|香港特别行政区|中国香港特别行政区
HM|HMD|672|Indian/Kerguelen|Heard & McDonald Islands|赫德岛和麦克唐纳群岛
HN|HND|504|America/Tegucigalpa|Honduras|洪都拉斯
HR|HRV|385|Europe/Zagreb|Croatia|克罗地亚|Hrvatska|克羅地亞|克罗埃西亚
HT|HTI|509|America/Port-au-Prince|Haiti|海地
HU|HUN|36|Europe/Budapest|Hungary|匈牙利|Magyarország
ID|IDN|62|Asia/Jakarta|Indonesia|印度尼西亚|印尼|印度尼西亞
IE|IRL|353|Europe/Dublin|Ireland|爱尔兰|Éire|Republic of Ireland|愛爾蘭
IL|ISR|972|Asia/Jerusalem|Israel|以色列
IM|IMN|44|Europe/Isle_of_Man|Isle of Man|马恩岛
IN|IND|91|Asia/Kolkata|India|印度|Bharat
IO|IOT|246|Indian/Chagos|British Indian Ocean Territory|英属印度洋领地
IQ|IRQ|964|Asia/Baghdad|Iraq|伊拉克|Irak
IR|IRN|98|Asia/Tehran|Iran|伊朗|Persia|Islamic Republic of Iran
IS|ISL|354|Atlantic/Reykjavik|Iceland|冰岛|Ísland|冰島
IT|ITA|39|Europe/Rome|Italy|意大利|Italia|Italien|義大利|意大利共和国
JE|JEY|44|Europe/Jersey|Jersey|泽西岛
JM|JAM|1876|America/Jamaica|Jamaica|牙买加
JO|JOR|962|Asia/Amman|Jordan|约旦|約旦
JP|JPN|81|Asia/Tokyo|Japan|日本|Nippon|Nihon|日本国
KE|KEN|254|Africa/Nairobi|Kenya|肯尼亚|肯尼亞|肯亚
KG|KGZ|996|Asia/Bishkek|Kyrgyzstan|吉尔吉斯斯坦|Kirgizstan|Kyrgyz Republic|吉尔吉斯
KH|KHM|855|Asia/Phnom_Penh|Cambodia|柬埔寨|高棉
KI|KIR|686|Pacific/Tarawa|Kiribati|基里巴斯
KM|COM|269|Indian/Comoro|Comoros|科摩罗
KN|KNA|1869|America/St_Kitts|St. Kitts & Nevis|圣基茨和尼维斯
KP|PRK|850|Asia/Pyongyang|North Korea|朝鲜|DPRK|北朝鲜|北韩|朝鲜民主主义人民共和国
KR|KOR|82|Asia/Seoul|South Korea|韩国|Korea|Republic of Korea|Korea South|S. Korea|ROK|대한민국|한국|南韩|大韩民国
|韓國|南朝鲜
KW|KWT|965|Asia/Kuwait|Kuwait|科威特
KY|CYM|1345|America/Cayman|Cayman Islands|开曼群岛|Cayman
KZ|KAZ|7|Asia/Almaty|Kazakhstan|哈萨克斯坦|Kazakstan|Казахстан|哈萨克
LA|LAO|856|Asia/Vientiane|Laos|老挝|Lao PDR|Lao People's Democratic Republic|寮国
LB|LBN|961|Asia/Beirut|Lebanon|黎巴嫩|Liban
LC|LCA|1758|America/St_Lucia|St. Lucia|圣卢西亚
LI|LIE|423|Europe/Vaduz|Liechtenstein|列支敦士登
LK|LKA|94|Asia/Colombo|Sri Lanka|斯里兰卡|Ceylon
LR|LBR|231|Africa/Monrovia|Liberia|利比里亚
LS|LSO|266|Africa/Maseru|Lesotho|莱索托
LT|LTU|370|Europe/Vilnius|Lithuania|立陶宛|Lietuva
LU|LUX|352|Europe/Luxembourg|Luxembourg|卢森堡|Luxemburg|盧森堡
LV|LVA|371|Europe/Riga|Latvia|拉脱维亚|Latvija
LY|LBY|218|Africa/Tripoli|Libya|利比亚
MA|MAR|212|Africa/Casablanca|Morocco|摩洛哥|Maroc
MC|MCO|377|Europe/Monaco|Monaco|摩纳哥
MD|MDA|373|Europe/Chisinau|Moldova|摩尔多瓦|Republic of Moldova|摩尔多瓦共和国
ME|MNE|382|Europe/Podgorica|Montenegro|黑山|Crna Gora|蒙特内哥罗
MF|MAF|590|America/Marigot|St. Martin|法属圣马丁
MG|MDG|261|Indian/Antananarivo|Madagascar|马达加斯加
MH|MHL|692|Pacific/Majuro|Marshall Islands|马绍尔群岛
MK|MKD|389|Europe/Skopje|North Macedonia|北马其顿|Macedonia|FYROM|马其顿
ML|MLI|223|Africa/Bamako|Mali|马里
MM|MMR|95|Asia/Yangon|Myanmar|缅甸|Burma|Myanmar (Burma)
MN|MNG|976|Asia/Ulaanbaatar|Mongolia|蒙古|Mongolei|蒙古国
MO|MAC|853|Asia/Macau|Macao|中国澳门|Macau|Macao SAR|澳门|澳門|澳门特别行政区|中国澳门特别行政区
MP|MNP|1670|Pacific/Saipan|Northern Mariana Islands|北马里亚纳群岛
MQ|MTQ|596|America/Martinique|Martinique|马提尼克
MR|MRT|222|Africa/Nouakchott|Mauritania|毛里塔尼亚
MS|MSR|1664|America/Montserrat|Montserrat|蒙特塞拉特
MT|MLT|356|Europe/Malta|Malta|马耳他|马尔他
MU|MUS|230|Indian/Mauritius|Mauritius|毛里求斯|模里西斯
MV|MDV|960|Indian/Maldives|Maldives|马尔代夫
MW|MWI|265|Africa/Blantyre|Malawi|马拉维
MX|MEX|52|America/Mexico_City|Mexico|墨西哥|Mexiko|墨国
MY|MYS|60|Asia/Kuala_Lumpur|Malaysia|马来西亚|馬來西亞|马来
MZ|MOZ|258|Africa/Maputo|Mozambique|莫桑比克|莫三比克
NA|NAM|264|Africa/Windhoek|Namibia|纳米比亚
NC|NCL|687|Pacific/Noumea|New Caledonia|新喀里多尼亚
NE|NER|227|Africa/Niamey|Niger|尼日尔
NF|NFK|672|Pacific/Norfolk|Norfolk Island|诺福克岛
NG|NGA|234|Africa/Lagos|Nigeria|尼日利亚|奈及利亚
NI|NIC|505|America/Managua|Nicaragua|尼加拉瓜
NL|NLD|31|Europe/Amsterdam|Netherlands|荷兰|Holland|Nederland|Netherland|Niederlande|荷蘭
NO|NOR|47|Europe/Oslo|Norway|挪威|Norge|Norwegen
NP|NPL|977|Asia/Kathmandu|Nepal|尼泊尔
NR|NRU|674|Pacific/Nauru|Nauru|瑙鲁
NU|NIU|683|Pacific/Niue|Niue|纽埃
NZ|NZL|64|Pacific/Auckland|New Zealand|新西兰|Aotearoa|纽西兰|新西蘭|紐西蘭
OM|OMN|968|Asia/Muscat|Oman|阿曼
PA|PAN|507|America/Panama|Panama|巴拿马
PE|PER|51|America/Lima|Peru|秘鲁
PF|PYF|689|Pacific/Tahiti|French Polynesia|法属波利尼西亚
PG|PNG|675|Pacific/Port_Moresby|Papua New Guinea|巴布亚新几内亚|巴新
PH|PHL|63|Asia/Manila|Philippines|菲律宾|Philippine|Pilipinas|菲律賓
PK|PAK|92|Asia/Karachi|Pakistan|巴基斯坦
PL|POL|48|Europe/Warsaw|Poland|波兰|Polska|Polen|波蘭
PM|SPM|508|America/Miquelon|St. Pierre & Miquelon|圣皮埃尔和密克隆群岛
PN|PCN|64|Pacific/Pitcairn|Pitcairn Islands|皮特凯恩群岛|Pitcairn
PR|PRI|1787|America/Puerto_Rico|Puerto Rico|波多黎各
PS|PSE|970|Asia/Hebron|Palestine|巴勒斯坦|State of Palestine|Palestinian Territories|巴勒斯坦领土
PT|PRT|351|Europe/Lisbon|Portugal|葡萄牙
PW|PLW|680|Pacific/Palau|Palau|帕劳
PY|PRY|595|America/Asuncion|Paraguay|巴拉圭
QA|QAT|974|Asia/Qatar|Qatar|卡塔尔|卡達
RE|REU|262|Indian/Reunion|Réunion|留尼汪|Reunion Island
RO|ROU|40|Europe/Bucharest|Romania|罗马尼亚|羅馬尼亞
RS|SRB|381|Europe/Belgrade|Serbia|塞尔维亚|Srbija|塞爾維亞
RU|RUS|7|Europe/Moscow|Russia|俄罗斯|Russian Federation|Россия|Российская Федерация|Rossiya|俄国|俄罗斯联邦|俄羅斯
RW|RWA|250|Africa/Kigali|Rwanda|卢旺达
SA|SAU|966|Asia/Riyadh|Saudi Arabia|沙特阿拉伯|KSA|Saudi|Kingdom of Saudi Arabia|沙特|沙乌地阿拉伯|沙烏地阿拉伯
SB|SLB|677|Pacific/Guadalcanal|Solomon Islands|所罗门群岛
SC|SYC|248|Indian/Mahe|Seychelles|塞舌尔
SD|SDN|249|Africa/Khartoum|Sudan|苏丹
SE|SWE|46|Europe/Stockholm|Sweden|瑞典|Sverige|Schweden
SG|SGP|65|Asia/Singapore|Singapore|新加坡|狮城|星加坡
SH|SHN|290|Atlantic/St_Helena|St. Helena|圣赫勒拿
SI|SVN|386|Europe/Ljubljana|Slovenia|斯洛文尼亚|Slovenija|斯洛維尼亞
SJ|SJM|47|Arctic/Longyearbyen|Svalbard & Jan Mayen|斯瓦尔巴和扬马延
SK|SVK|421|Europe/Bratislava|Slovakia|斯洛伐克|Slovensko|Slovak Republic|斯洛伐克共和国
SL|SLE|232|Africa/Freetown|Sierra Leone|塞拉利昂
SM|SMR|378|Europe/San_Marino|San Marino|圣马力诺
SN|SEN|221|Africa/Dakar|Senegal|塞内加尔
SO|SOM|252|Africa/Mogadishu|Somalia|索马里
SR|SUR|597|America/Paramaribo|Suriname|苏里南
SS|SSD|211|Africa/Juba|South Sudan|南苏丹
ST|STP|239|Africa/Sao_Tome|São Tomé & Príncipe|圣多美和普林西比
SV|SLV|503|America/El_Salvador|El Salvador|萨尔瓦多
SX|SXM|1721|America/Lower_Princes|Sint Maarten|荷属圣马丁
SY|SYR|963|Asia/Damascus|Syria|叙利亚|Syrian Arab Republic
SZ|SWZ|268|Africa/Mbabane|Eswatini|斯威士兰|Swaziland
TC|TCA|1649|America/Grand_Turk|Turks & Caicos Islands|特克斯和凯科斯群岛
TD|TCD|235|Africa/Ndjamena|Chad|乍得
TF|ATF|262|Indian/Kerguelen|French Southern Territories|法属南部领地
TG|TGO|228|Africa/Lome|Togo|多哥
TH|THA|66|Asia/Bangkok|Thailand|泰国|Siam|泰國
TJ|TJK|992|Asia/Dushanbe|Tajikistan|塔吉克斯坦
TK|TKL|690|Pacific/Fakaofo|Tokelau|托克劳
TL|TLS|670|Asia/Dili|Timor-Leste|东帝汶|East Timor
TM|TKM|993|Asia/Ashgabat|Turkmenistan|土库曼斯坦
TN|TUN|216|Africa/Tunis|Tunisia|突尼斯
TO|TON|676|Pacific/Tongatapu|Tonga|汤加
TR|TUR|90|Europe/Istanbul|Turkey|土耳其|Türkiye|Turkei
TT|TTO|1868|America/Port_of_Spain|Trinidad & Tobago|特立尼达和多巴哥|Trinidad|特立尼达
TV|TUV|688|Pacific/Funafuti|Tuvalu|图瓦卢
TW|TWN|886|Asia/Taipei|Taiwan|中国台湾|Taiwan Province of China|Chinese Taipei|Taiwan, China|台湾|臺灣|台灣|中国台湾省
TZ|TZA|255|Africa/Dar_es_Salaam|Tanzania|坦桑尼亚|United Republic of Tanzania
UA|UKR|380|Europe/Kyiv|Ukraine|乌克兰|Україна|烏克蘭
UG|UGA|256|Africa/Kampala|Uganda|乌干达
UM|UMI|1|Pacific/Wake|U.S. Outlying Islands|美国本土外小岛屿
US|USA|1|America/New_York|United States|美国|United States of America|America|The States|美國|美利坚合众国|美利坚
UY|URY|598|America/Montevideo|Uruguay|乌拉圭
UZ|UZB|998|Asia/Tashkent|Uzbekistan|乌兹别克斯坦|Oʻzbekiston|Ozbekistan|乌兹别克|烏茲別克
VA|VAT|39|Europe/Vatican|Vatican City|梵蒂冈|Holy See|教廷
VC|VCT|1784|America/St_Vincent|St. Vincent & Grenadines|圣文森特和格林纳丁斯
VE|VEN|58|America/Caracas|Venezuela|委内瑞拉|Bolivarian Republic of Venezuela
VG|VGB|1284|America/Tortola|British Virgin Islands|英属维尔京群岛|BVI|英属维京群岛
VI|VIR|1340|America/St_Thomas|U.S. Virgin Islands|美属维尔京群岛|Virgin Islands
VN|VNM|84|Asia/Ho_Chi_Minh|Vietnam|越南|越南社会主义共和国
VU|VUT|678|Pacific/Efate|Vanuatu|瓦努阿图
WF|WLF|681|Pacific/Wallis|Wallis & Futuna|瓦利斯和富图纳
WS|WSM|685|Pacific/Apia|Samoa|萨摩亚
XK|XKX|383|Europe/Belgrade|Kosovo|科索沃|Kosova
YE|YEM|967|Asia/Aden|Yemen|也门|葉門
YT|MYT|262|Indian/Mayotte|Mayotte|马约特
ZA|ZAF|27|Africa/Johannesburg|South Africa|南非|RSA|Republic of South Africa|S. Africa|South African
ZM|ZMB|260|Africa/Lusaka|Zambia|赞比亚
ZW|ZWE|263|Africa/Harare|Zimbabwe|津巴布韦
"""

# Weekdays off (Monday is 0) where they are not Saturday and Sunday.
WEEKENDS = {
    (4, 5): "BD BH DZ EG IL IQ JO KW LY MV OM PS QA SA SD SY YE",
    (4,): "DJ IR SO",
    (6,): "IN KP UG",
    (3, 4): "AF",
    (4, 6): "BN",
    (5,): "NP",
}

# Where most buyers are: breaks the tie between countries that begin alike.
MAIN_MARKETS = """
US DE GB FR JP KR IN RU BR MX AU CA IT ES NL AE SA VN ID TH MY PH SG PL TR ZA EG NG PK BD CL CO PE AR BE SE CH AT DK NO
FI PT GR CZ RO HU IL UA KZ UZ NZ IE HK TW CN MO KE GH MA DZ TN ET TZ IQ IR KW QA OM JO LB LK NP MM KH EC BO UY PY CR PA
GT DO
"""

# Country, zone: cities and states there, of countries on several clocks, and cities better known than their country.
CITIES = """\
US America/New_York: New York, 纽约, Boston, 波士顿, Miami, 迈阿密, Atlanta, 亚特兰大, Washington DC, 华盛顿,
  Philadelphia, 费城, Detroit, 底特律, Charlotte, 夏洛特, Orlando, 奥兰多, New Jersey, 新泽西, Florida, 佛罗里达,
  Newark, Pittsburgh, 匹兹堡, Cleveland, Ohio, 俄亥俄, Pennsylvania, Michigan, NY, NJ, FL, GA, OH, PA, MI, NC, SC, VA,
  MD, MA, CT, ME, NH, VT, RI, DE, DC, KY, IN, WV
US America/Chicago: Chicago, 芝加哥, Houston, 休斯敦, 休斯顿, Dallas, 达拉斯, Austin, 奥斯汀, San Antonio, 圣安东尼奥,
  Fort Worth, Minneapolis, 明尼阿波利斯, St. Louis, 圣路易斯, Kansas City, 堪萨斯城, New Orleans, 新奥尔良, Nashville,
  纳什维尔, Memphis, 孟菲斯, Milwaukee, 密尔沃基, Oklahoma City, Omaha, Texas, 得克萨斯, 德克萨斯, 得州, 德州,
  Illinois, 伊利诺伊, Minnesota, Wisconsin, Missouri, Louisiana, Tennessee, Alabama, Oklahoma, Iowa, Kansas, Nebraska,
  Arkansas, Mississippi, TX, IL, MN, WI, MO, LA, TN, AL, OK, IA, KS, NE, AR, MS, ND, SD
US America/Denver: Denver, 丹佛, Salt Lake City, 盐湖城, Albuquerque, Boise, Colorado, 科罗拉多, Utah, 犹他,
  New Mexico, Montana, Wyoming, Idaho, CO, UT, NM, MT, WY, ID
US America/Phoenix: Phoenix, 凤凰城, Tucson, Scottsdale, Arizona, 亚利桑那, AZ
US America/Los_Angeles: Los Angeles, 洛杉矶, San Francisco, 旧金山, 三藩市, San Diego, 圣迭戈, San Jose, 圣何塞,
  Seattle, 西雅图, Portland, 波特兰, Las Vegas, 拉斯维加斯, Sacramento, Oakland, Long Beach, 长滩, Irvine, 尔湾,
  California, 加利福尼亚, 加州, Nevada, 内华达, Oregon, 俄勒冈, Washington State, 华盛顿州, CA, NV, OR, WA
US America/Anchorage: Anchorage, 安克雷奇, Alaska, 阿拉斯加, AK
US Pacific/Honolulu: Honolulu, 檀香山, 火奴鲁鲁, Hawaii, 夏威夷, HI
CA America/Toronto: Toronto, 多伦多, Montreal, 蒙特利尔, Ottawa, 渥太华, Quebec, 魁北克, Mississauga, Ontario, 安大略,
  ON, QC
CA America/Vancouver: Vancouver, 温哥华, Richmond BC, Burnaby, 本拿比, Surrey BC, Victoria BC, British Columbia, BC
CA America/Edmonton: Calgary, 卡尔加里, Edmonton, 埃德蒙顿, Alberta, 阿尔伯塔, AB
CA America/Winnipeg: Winnipeg, 温尼伯, Manitoba, 马尼托巴, MB
CA America/Regina: Regina, 里贾纳, Saskatoon, 萨斯卡通, Saskatchewan, SK
CA America/Halifax: Halifax, 哈利法克斯, Nova Scotia, New Brunswick, NS, NB
CA America/St_Johns: St. John's, 圣约翰斯, Newfoundland, NL
MX America/Mexico_City: Mexico City, Ciudad de México, CDMX, 墨西哥城, Guadalajara, 瓜达拉哈拉, Puebla, 普埃布拉,
  León, Querétaro, 克雷塔罗
MX America/Monterrey: Monterrey, 蒙特雷, Saltillo
MX America/Tijuana: Tijuana, 蒂华纳, Mexicali, Baja California
MX America/Cancun: Cancún, 坎昆, Quintana Roo
MX America/Hermosillo: Hermosillo, Sonora
MX America/Ciudad_Juarez: Ciudad Juárez, Juárez, 华雷斯城
MX America/Chihuahua: Chihuahua, 奇瓦瓦
MX America/Mazatlan: Mazatlán, Culiacán
BR America/Sao_Paulo: São Paulo, 圣保罗, Rio de Janeiro, 里约热内卢, 里约, Belo Horizonte, Curitiba, 库里蒂巴,
  Porto Alegre, 阿雷格里港, Brasília, 巴西利亚, Campinas
BR America/Manaus: Manaus, 玛瑙斯, Amazonas
BR America/Fortaleza: Fortaleza, 福塔莱萨, Recife, 累西腓
BR America/Bahia: Salvador, 萨尔瓦多市, Bahia
BR America/Belem: Belém, 贝伦
BR America/Cuiaba: Cuiabá, Campo Grande, Mato Grosso
BR America/Porto_Velho: Porto Velho, Rondônia
BR America/Rio_Branco: Rio Branco
AU Australia/Sydney: Sydney, 悉尼, Canberra, 堪培拉, Newcastle NSW, New South Wales, NSW, ACT
AU Australia/Melbourne: Melbourne, 墨尔本, Geelong, Victoria, VIC
AU Australia/Brisbane: Brisbane, 布里斯班, Gold Coast, 黄金海岸, Queensland, 昆士兰, QLD
AU Australia/Perth: Perth, 珀斯, 佩思, Western Australia, WA
AU Australia/Adelaide: Adelaide, 阿德莱德, South Australia, SA
AU Australia/Darwin: Darwin, 达尔文, Northern Territory, NT
AU Australia/Hobart: Hobart, 霍巴特, Tasmania, 塔斯马尼亚, TAS
RU Europe/Moscow: Moscow, Москва, 莫斯科, Saint Petersburg, St. Petersburg, Санкт-Петербург, 圣彼得堡, Kazan, Казань,
  喀山, Nizhny Novgorod, 下诺夫哥罗德, Krasnodar, Краснодар, 克拉斯诺达尔, Rostov-on-Don, 罗斯托夫, Voronezh, Sochi
RU Europe/Kaliningrad: Kaliningrad, Калининград, 加里宁格勒
RU Europe/Samara: Samara, Самара, 萨马拉, Tolyatti, 陶里亚蒂
RU Europe/Saratov: Saratov, 萨拉托夫
RU Europe/Volgograd: Volgograd, 伏尔加格勒
RU Asia/Yekaterinburg: Yekaterinburg, Ekaterinburg, Екатеринбург, 叶卡捷琳堡, Chelyabinsk, Челябинск, 车里雅宾斯克,
  Perm, 彼尔姆, Ufa, Уфа, 乌法, Tyumen, 秋明
RU Asia/Omsk: Omsk, Омск, 鄂木斯克
RU Asia/Novosibirsk: Novosibirsk, Новосибирск, 新西伯利亚
RU Asia/Barnaul: Barnaul, 巴尔瑙尔
RU Asia/Tomsk: Tomsk, 托木斯克
RU Asia/Krasnoyarsk: Krasnoyarsk, Красноярск, 克拉斯诺亚尔斯克, Kemerovo, Novokuznetsk
RU Asia/Irkutsk: Irkutsk, Иркутск, 伊尔库茨克, Ulan-Ude, 乌兰乌德
RU Asia/Chita: Chita, 赤塔
RU Asia/Yakutsk: Yakutsk, 雅库茨克, Blagoveshchensk, Благовещенск, 布拉戈维申斯克
RU Asia/Vladivostok: Vladivostok, Владивосток, 符拉迪沃斯托克, 海参崴, Khabarovsk, Хабаровск, 哈巴罗夫斯克, 伯力
RU Asia/Magadan: Magadan, 马加丹
RU Asia/Kamchatka: Petropavlovsk-Kamchatsky, 堪察加
ID Asia/Jakarta: Jakarta, 雅加达, Surabaya, 泗水, Bandung, 万隆, Semarang, 三宝垄, Medan, 棉兰, Tangerang, Bekasi,
  Batam, 巴淡
ID Asia/Makassar: Makassar, 望加锡, Bali, 巴厘岛, Denpasar, 登巴萨, Lombok, Balikpapan, 巴厘巴板, Manado
ID Asia/Jayapura: Jayapura, 查亚普拉, Papua
ES Europe/Madrid: Madrid, 马德里, Barcelona, 巴塞罗那, Valencia, 瓦伦西亚
ES Atlantic/Canary: Las Palmas, 拉斯帕尔马斯, Tenerife, 特内里费, Canary Islands, 加那利群岛
PT Europe/Lisbon: Lisbon, Lisboa, 里斯本, Porto, 波尔图
PT Atlantic/Azores: Azores, Açores, 亚速尔, Ponta Delgada
PT Atlantic/Madeira: Madeira, 马德拉, Funchal
CL America/Punta_Arenas: Punta Arenas, 蓬塔阿雷纳斯
CL Pacific/Easter: Easter Island, 复活节岛
EC Pacific/Galapagos: Galápagos, 加拉帕戈斯
CD Africa/Kinshasa: Kinshasa, 金沙萨, Matadi
CD Africa/Lubumbashi: Lubumbashi, 卢本巴希, Goma, 戈马, Kolwezi, 科卢韦齐, Kisangani
MN Asia/Hovd: Hovd, Khovd, 科布多
PG Pacific/Bougainville: Bougainville, 布干维尔
PF Pacific/Marquesas: Marquesas
KI Pacific/Kiritimati: Kiritimati
FM Pacific/Chuuk: Chuuk
AE Asia/Dubai: Dubai, 迪拜, Abu Dhabi, 阿布扎比, Sharjah, 沙迦, Ajman, 阿治曼
"""
