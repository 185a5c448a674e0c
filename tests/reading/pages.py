"""Invented pages as Chinese news and government sites print them: the same report in the layouts that archives hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

SITE = "东山县人民政府门户网站"
#: Headlines of other stories, which stand around the report and are not part of it.
OTHERS = (
    "全县春季植树活动启动",
    "县图书馆新馆即将开放",
    "我县三家企业入选省级名单",
    "关于调整公交线路的公告",
    "东山县举办职工篮球赛",
    "北岭镇：小香菇撑起致富伞",
)
_NAVIGATION = ("首页", "走进东山", "新闻中心", "政务公开", "办事服务", "互动交流", "专题专栏")


def links(names: Sequence[str] = OTHERS, kind: str = "news") -> str:
    """A list of links to other stories."""
    items = "".join(
        f'<li><a href="/{kind}/{n}.html" title="{x}">{x}</a><span>2021-02-{n:02}</span></li>'
        for n, x in enumerate(names, 1)
    )
    return f'<ul class="list">{items}</ul>'


def footer() -> str:
    """What stands at the foot of every page of a site: a year and names that are no part of any report."""
    return (
        '<div class="footer"><p>主办单位：东山县人民政府办公室　　承办单位：东山县大数据中心</p>'
        "<p>版权所有 © 2008-2019 东山县人民政府 网站标识码：3300000001</p>"
        '<p><a href="https://beian.miit.gov.cn">浙ICP备00000000号-1</a>　浙公网安备 33000000000001号　联系电话：0570-0000000</p></div>'
    )


def head(headline: str, meta: str = "", site: str = SITE, charset: str = "utf-8") -> str:
    """The head of a page: charset, title with the name of the site, style, script."""
    return (
        f'<head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{escape(headline)}_新闻中心_{site}</title>{meta}"
        '<link rel="stylesheet" href="/css/main.css"><style>body{font:14px/2 宋体}.list li{float:left}</style>'
        '<script>var site="东山县人民政府网站欢迎您。";document.write("<p>今天是2020年1月1日</p>");</script></head>'
    )


def around(inside: str) -> str:
    """The frame of a page: navigation and breadcrumbs before the article, other stories and the footer after it."""
    navigation = "".join(f'<li><a href="/{n}/">{x}</a></li>' for n, x in enumerate(_NAVIGATION))
    return (
        f'<body><div class="top"><h1 class="logo"><a href="/">{SITE}</a></h1><form><input value="请输入关键字"><button>搜索</button></form></div>'
        f'<div class="nav"><ul>{navigation}</ul></div>'
        '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/xw/">新闻中心</a> &gt; <a href="/xw/dsyw/">东山要闻</a></div>'
        f'<div class="main">{inside}</div>'
        f'<div class="related"><h3>相关新闻</h3>{links()}</div>'
        f'<div class="side"><h3>热点推荐</h3>{links(OTHERS[::-1], "hot")}</div>'
        f"{footer()}</body>"
    )


def tools() -> str:
    """Buttons under an article."""
    return (
        '<div class="share"><span>分享到：</span><a href="#">微信</a><a href="#">微博</a><a href="javascript:window.print()">【打印本页】</a>'
        '<a href="javascript:window.close()">【关闭窗口】</a></div>'
        '<div class="pages"><p>上一篇：<a href="1.html">全县春季植树活动启动</a></p><p>下一篇：<a href="3.html">县图书馆新馆即将开放</a></p></div>'
    )


def government(
    headline: str, lines: Sequence[str], *, printed: str = "", meta: str = "", charset: str = "utf-8"
) -> str:
    """As the publishing system of many government sites writes it: ``TRS_Editor``, paragraphs indented by style."""
    body = "\n".join(
        f'<p style="text-indent: 2em; line-height: 1.75em; text-align: justify;">{escape(x)}</p>'
        for x in lines
    )
    info = f'<div class="info">{printed}</div>' if printed else ""
    inside = (
        f'<div class="article"><h1>{escape(headline)}</h1>{info}'
        f'<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:2}}</style>{body}</div>{tools()}</div>'
    )
    return f"<!DOCTYPE html>\n<html>{head(headline, meta, charset=charset)}{around(inside)}</html>"


def breaks(headline: str, lines: Sequence[str]) -> str:
    """One long block, its paragraphs set off by line breaks and indented with blanks; the headline in no heading."""
    body = "<br><br>\r\n".join(f"　　{escape(x)}" for x in lines)
    inside = f'<div class="bt">{escape(headline)}</div><div id="zoom">{body}<br/></div>{tools()}'
    return f"<html>{head(headline)}{around(inside)}</html>"


def fonts(headline: str, lines: Sequence[str]) -> str:
    """Dressed by hand: fonts, spans and blanks around every paragraph."""
    body = "".join(
        f'<P align=left><FONT size=3 face=宋体><SPAN style="FONT-SIZE: 12pt">&nbsp;&nbsp;&nbsp; {escape(x)}</SPAN></FONT></P>\n'
        for x in lines
    )
    inside = (
        f'<h2 class="title">{escape(headline)}</h2><div class="content" id="content">{body}</div>{tools()}'
    )
    return f"<HTML>{head(headline)}{around(inside)}</HTML>"


def divisions(headline: str, lines: Sequence[str]) -> str:
    """A block of its own for every paragraph, empty ones between."""
    body = "".join(f'<div class="para">{escape(x)}</div><div><br></div>' for x in lines)
    inside = (
        f'<div id="con"><div class="tit">{escape(headline)}</div><div class="txt">{body}</div></div>{tools()}'
    )
    return f"<!DOCTYPE html><html>{head(headline)}{around(inside)}</html>"


def modern(headline: str, lines: Sequence[str], day: str = "2024-12-31") -> str:
    """With the elements of HTML5, and a description of the article for search engines."""
    body = "".join(f"<p>{escape(x)}</p>" for x in lines)
    described = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"headline":"{headline}","datePublished":"{day}T09:12:00+08:00"}}</script>'
    )
    navigation = "".join(f'<a href="/{n}/">{x}</a>' for n, x in enumerate(_NAVIGATION))
    return (
        f"<!doctype html><html lang=zh>{head(headline, described)}<body><header><nav>{navigation}</nav></header>"
        f'<main><article><header><h1>{escape(headline)}</h1><time datetime="{day}T09:12:00+08:00">{day}</time></header>{body}</article>'
        f"<aside><h2>推荐阅读</h2>{links()}</aside></main><footer>{footer()}</footer></body></html>"
    )


def nested_tables(headline: str, lines: Sequence[str]) -> str:
    """An old site: layout by tables within tables, the report in one cell."""
    body = "<BR>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(x)}" for x in lines)
    navigation = "".join(f'<td align=center><a href="/{n}/">{x}</a></td>' for n, x in enumerate(_NAVIGATION))
    side = "".join(f"<tr><td>·<a href={n}.htm>{x}</a></td></tr>" for n, x in enumerate(OTHERS))
    return (
        f"<html>{head(headline)}<body bgcolor=#ffffff><table width=1000><tr>{navigation}</tr></table>"
        f"<table width=1000><tr><td width=200 valign=top><table><tr><td><b>热点新闻</b></td></tr>{side}</table></td>"
        f"<td><table width=100%><tr><td align=center><b>{escape(headline)}</b></td></tr>"
        f"<tr><td height=30></td></tr><tr><td class=text>{body}</td></tr></table></td></tr></table>"
        f"<table width=1000><tr><td align=center>{footer()}</td></tr></table></body></html>"
    )


def word(headline: str, lines: Sequence[str]) -> str:
    """A web page as Word saves one: lines broken anywhere in the source, styles and remarks for Office."""
    body = "".join(
        f"<p class=MsoNormal style='text-indent:21.0pt'><span\r\nstyle='font-family:宋体;mso-ascii-font-family:\"Times New Roman\"'>{_wrapped(x)}"
        "</span><span lang=EN-US><o:p></o:p></span></p>\r\n\r\n"
        for x in lines
    )
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"\r\nxmlns="http://www.w3.org/TR/REC-html40">\r\n\r\n'
        f'<head>\r\n<meta http-equiv=Content-Type content="text/html; charset=gb2312">\r\n<meta name=Generator content="Microsoft Word 11">\r\n'
        f"<title>{escape(headline)}</title>\r\n<!--[if gte mso 9]><xml>\r\n <o:DocumentProperties>\r\n  <o:Author>办公室</o:Author>\r\n"
        "  <o:Created>2003-01-01T00:00:00Z</o:Created>\r\n </o:DocumentProperties>\r\n</xml><![endif]-->\r\n<style>\r\n<!--\r\n p.MsoNormal {margin:0cm;}\r\n"
        "-->\r\n</style>\r\n</head>\r\n\r\n<body lang=ZH-CN>\r\n\r\n<div class=Section1 style='layout-grid:15.6pt'>\r\n\r\n"
        "<p class=MsoNormal align=center style='text-align:center'><b><span\r\nstyle='font-size:18.0pt;font-family:黑体'>"
        f"{_wrapped(headline)}</span></b></p>\r\n\r\n"
        f"{body}</div>\r\n\r\n</body>\r\n\r\n</html>\r\n"
    )


def _wrapped(characters: str) -> str:
    return "\r\n".join(escape(characters[i : i + 37]) for i in range(0, len(characters), 37))


def account(headline: str, lines: Sequence[str]) -> str:
    """An article of a public account, saved: a section and spans for every paragraph, shown only by a script."""
    body = "".join(
        f'<section style="margin: 0px 8px;"><section data-role="paragraph"><p><span style="font-size: 16px;"><span leaf="">{escape(x)}'
        "</span></span></p></section></section>"
        for x in lines
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{escape(headline)}"><title></title></head>'
        '<body id="activity-detail"><div id="js_article"><div id="img-content">'
        f'<h1 class="rich_media_title" id="activity-name">\n{escape(headline)}\n</h1>'
        '<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">'
        f'{body}</div></div></div><div style="display:none" class="js_tips">轻触阅读原文</div>'
        "<script>var createTime = '2021-03-25 18:00';</script></body></html>"
    )


def saved(headline: str, lines: Sequence[str]) -> str:
    """Saved complete by a browser: with scripts, styles, frames, pictures inside the page, and what never shows."""
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 2000
    page = government(headline, lines)
    page = page.replace(
        "<head>",
        f"<head><!-- saved from url=(0044)http://www.example.gov.cn/xw/202103/t1.html -->{'<script>' + 'var a=1;' * 2000 + '</script>'}",
    )
    page = page.replace(
        '<div class="TRS_Editor">',
        f'<div class="TRS_Editor"><img src="{picture}" alt="会场"><!-- 广告位：明日上午会议 -->',
        1,
    )
    unseen = (
        '<div style="display: none">隐藏的文字不应读出。</div><noscript>请启用JavaScript浏览本站。</noscript>'
        '<iframe src="./ad.html">您的浏览器不支持框架。</iframe>'
    )
    return page.replace('<div class="related">', f'{unseen}<div class="related">', 1)


Layout = Callable[[str, Sequence[str]], str]
LAYOUTS: dict[str, Layout] = {
    "government": government,
    "breaks": breaks,
    "fonts": fonts,
    "divisions": divisions,
    "modern": modern,
    "nested tables": nested_tables,
    "word": word,
    "account": account,
    "saved": saved,
}
