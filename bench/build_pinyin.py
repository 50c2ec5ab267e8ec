"""Writes tui_crm/domain/pinyin_table.py from pypinyin's readings: `python bench/build_pinyin.py`.

pypinyin is a development tool here: importing it takes longer than starting the whole program, and a search needs only
the syllable of each character, without tones.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin

TARGET = Path(__file__).parents[1] / "tui_crm" / "domain" / "pinyin_table.py"
PER_LINE = 50

# Characters of cities, companies and surnames that people read in more than one way, the one usual there first.
SEVERAL = """
重chong,zhong 长chang,zhang 行hang,xing 乐le,yue 单dan,shan 厦xia,sha 会hui,kuai 朝chao,zhao 都du,dou 曾zeng,ceng
解jie,xie 仇qiu,chou 区qu,ou 盛sheng,cheng 查cha,zha 翟zhai,di 覃qin,tan 尉wei,yu 盖gai,ge 大da,dai 传chuan,zhuan
调diao,tiao 藏zang,cang 参can,shen 六liu,lu 蚌bang,beng 番pan,fan 泊bo,po 铅qian,yan 柏bai,bo 贾jia,gu 薄bo,bao
车che,ju 沈shen,chen 宿su,xiu 什shi,shen 便bian,pian 台tai,yi 石shi,dan 万wan,mo 叶ye,xie 合he,ge 洗xi,xian 卜bu,bo
召zhao,shao 员yuan,yun 折zhe,she 晟sheng,cheng 祭ji,zhai 缪miao,mou 谌chen,shen 隗wei,kui 种zhong,chong 阚kan
数shu,shuo 率lv,shuai 模mo,mu 给gei,ji 角jiao,jue 降jiang,xiang 校xiao,jiao 弹dan,tan 读du,dou 否fou,pi
劲jin,jing 壳ke,qiao 落luo,la 露lu,lou 埋mai,man 没mei,mo 屏ping,bing 塞sai,se 色se,shai 省sheng,xing 提ti,di
系xi,ji 血xue,xie 熨yun,yu 仔zi,zai 择ze,zhai 扎zha,za 粘zhan,nian 着zhe,zhao,zhuo 属shu,zhu 还hai,huan 和he,huo
地di,de 得de,dei 的de,di 了le,liao 觉jue,jiao 剥bo,bao 奇qi,ji 强qiang,jiang 圈quan,juan 俞yu,shu 乘cheng,sheng
澄cheng,deng 堡bao,pu,bu 卡ka,qia 茄qie,jia 荨qian,xun 说shuo,shui 脉mai,mo 拓tuo,ta 叨dao,tao 吓xia,he 虹hong,jiang
浒hu,xu 涡wo,guo 泌mi,bi 莘shen,xin 渑mian,sheng 枞zong,cong 栎li,yue 歙she,xi 犍qian,jian 秘mi,bi 黾min,mian
郇xun,huan 郗xi,chi 乜nie,mie 侗dong,tong 句ju,gou 吕lv,lyu 芎xiong 荥xing,ying 莞guan,wan 葚shen,ren
長chang,zhang 樂le,yue 單dan,shan 會hui,kuai 廈xia,sha 傳chuan,zhuan 調diao,tiao 參can,shen 車che,ju 區qu,ou
強qiang,jiang 賈jia,gu 鉛qian,yan
"""

HEADER = '''"""How Chinese characters sound, without tones. Written by bench/build_pinyin.py; edit that, not this.

Readings from pypinyin's table (MIT), itself drawn from the Unihan database.
"""

# A syllable, a blank, the characters first read so; a syllable may take several lines.
READINGS = """\\
{readings}
"""

# Characters that names read in several ways: the readings after the one above.
FURTHER = {{
{further}
}}
'''


def main() -> None:
    several = {entry[0]: entry[1:].split(",") for entry in SEVERAL.split()}
    chars: dict[str, list[str]] = defaultdict(list, ling=["〇"])
    for char in map(chr, range(0x4E00, 0xA000)):
        if reading := several.get(char) or lazy_pinyin(char, style=Style.NORMAL, errors="ignore"):
            chars[reading[0]].append(char)
    lines = [
        f"{syllable} {''.join(found[start : start + PER_LINE])}"
        for syllable, found in sorted(chars.items())
        for start in range(0, len(found), PER_LINE)
    ]
    further = [
        f'    "{char}": "{" ".join(others[1:])}",' for char, others in sorted(several.items()) if len(others) > 1
    ]
    TARGET.write_text(HEADER.format(readings="\n".join(lines), further="\n".join(further)), encoding="utf-8")


if __name__ == "__main__":
    main()
