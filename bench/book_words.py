"""Parts of names for books of any size. Every company and person made of them is invented."""

from __future__ import annotations


def _list(text: str) -> list[str]:
    return text.split()


# Country code and city.
CHINESE_PLACES = _list("""
    CN深圳 CN广州 CN东莞 CN佛山 CN中山 CN宁波 CN杭州 CN义乌 CN温州 CN台州 CN上海 CN苏州 CN无锡 CN南京 CN青岛 CN济南 CN厦门 CN泉州
    CN福州 CN天津 CN北京 CN成都 CN重庆 CN武汉 CN长沙 CN郑州 CN西安 CN合肥 HK香港 TW台北 TW高雄 SG新加坡 MY吉隆坡
""")
CHINESE_BRAND = (
    "华星鑫盛达永泰恒瑞嘉美优新科宏远东方海天龙腾飞跃金银宝利丰源康乐安平和信诚德明光辉创联合众博雅晨曦森林蓝鲸云帆"
)
CHINESE_TRADES = _list("""
    电子 家居用品 五金制品 塑胶 礼品 户外用品 灯饰 纺织 机械 包装 进出口 国际贸易 跨境电商 玻璃制品 厨具 玩具
""")
CHINESE_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
CHINESE_GIVEN = "伟芳娜敏静丽强磊洋艳勇军杰娟涛明超霞平刚婷浩倩雨"
CHINESE_FORM = "有限公司"

ADJECTIVES = _list("""
    Alpine Amber Arctic Atlas Baltic Blue Bright Cedar Central Coastal Copper Crown Delta Eastern Emerald Falcon Forest Global
    Golden Grand Green Harbour Highland Iron Ivory Jade Lake Lunar Maple Marine Meridian Metro Nordic Northern Ocean Olive
    Orient Pacific Pine Polar Prime Quartz Red River Royal Sapphire Silver Solar Southern Stone Summit Sun Terra Trans Union
    Urban Valley Vista Western White Wild Zenith
""")
NOUNS = _list("""
    Bottle Brands Bridge Brothers Care Castle Concept Craft Design Direct Drinkware Express Fair Field Flask Gate Gifts Goods
    Group Hardware Home House Household Hydration Import Kitchen Lifestyle Line Link Living Market Network Outdoor Packaging
    Partners Planet Point Products Promotions Retail Sales Solutions Source Sports Star Steel Store Style Supply Table Trade
    Trading Tumbler Ventures Ware Wholesale Works World
""")
# By country; Ltd elsewhere.
FORMS = {
    "DE": "GmbH",
    "AT": "GmbH",
    "CH": "AG",
    "FR": "SARL",
    "IT": "S.r.l.",
    "ES": "S.L.",
    "NL": "B.V.",
    "PL": "Sp. z o.o.",
    "SE": "AB",
    "US": "LLC",
    "IN": "Pvt Ltd",
    "BR": "Ltda.",
    "MX": "S.A. de C.V.",
    "AU": "Pty Ltd",
    "TR": "A.Ş.",
    "AE": "LLC",
    "SG": "Pte Ltd",
}
FIRST_NAMES = _list("""
    Anna Ben Carla David Elena Farid Grace Hassan Ivan Julia Karim Laura Marco Nadia Omar Paula Ravi Sofia Tom Yuki
""")
LAST_NAMES = _list("""
    Schmidt Garcia Rossi Nowak Khan Silva Novak Jensen Meyer Dubois Costa Ivanova Tanaka Patel Kim Okafor Brown Haddad
    Müller Lindqvist Yılmaz Santos Petrov Andersen Moreau Fischer Conti Walker Foster Ortega Weber Singh
""")
