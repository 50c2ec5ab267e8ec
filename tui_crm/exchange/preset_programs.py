"""What well-known programs write above their columns: pure data, read by `presets`.

Only what `columns.ALIASES` would take for something else, or not know, has to be said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Program(NamedTuple):
    """One program: name, title, the headers that tell it (several lines, each enough), and field → headers, all parted by bars."""

    name: str
    title: str
    signs: tuple[str, ...]
    fields: Mapping[str, str]
    closed: bool = False


PROGRAMS = (
    Program(
        "vcard",
        "vCard",
        ("full name | contact details | linkedin | home phone | tags | remarks | birthday",),
        {},
        closed=True,
    ),
    Program(
        "google",
        "Google Contacts",
        (
            "e-mail 1 - value", "phone 1 - value", "organization 1 - name", "organization name | organization title"
        ),
        {
            "company": "organization name | organization 1 - name",
            "position": "organization title | organization 1 - title",
            "contact": "name",
            "first_name": "given name | first name",
            "last_name": "family name | last name",
            "email": "e-mail 1 - value",
            "phone": "phone 1 - value",
            "im": "im 1 - value",
            "website": "website 1 - value",
            "country": "address 1 - country",
            "city": "address 1 - city",
            "tags": "labels | group membership",
            "remarks": "notes",
            "": "location | language | subject | occupation | file as | organization 1 - location",
            "skip": """e-mail 1 - label | e-mail 1 - type | phone 1 - label | phone 1 - type | address 1 - label
                | address 1 - type | website 1 - label | website 1 - type | photo | im 1 - type | im 1 - service""",
        },
    ),
    Program(
        "outlook",
        "Outlook",
        ("e-mail address | e-mail 2 address", "business country/region | business phone",
               "e-mail address | business phone"),
        {
            "company": "company",
            "position": "job title",
            "email": "e-mail address | e-mail 1 address",
            "phone": """business phone | business phone 1 | mobile phone | home phone | home phone 1 | other phone
                | primary phone | company main phone | car phone | radio phone""",
            "im": "imaddress | im address",
            "country": "business country/region | business country",
            "city": "business city",
            "website": "web page | business web page | personal web page",
            "tags": "categories",
            "remarks": "notes",
            "": """title | location | account | keywords | language | assistant's phone
                | callback | business fax | home fax | other fax | home city | other city | home country/region
                | other country/region""",
            "skip": """e-mail type | e-mail 1 type | e-mail display name | e-mail 1 display name | initials | priority
                | private | sensitivity | directory server | internet free busy""",
        },
    ),
    Program(
        "pipedrive",
        "Pipedrive",
        ("person - name", "organization - name", "deal - title"),
        {
            "company": "organization - name | person - organization | deal - organization",
            "contact": "person - name | deal - contact person",
            "email": "person - email | person - email - work | person - email - home | person - email - other",
            "phone": "person - phone | person - phone - work | person - phone - home | person - phone - mobile",
            "position": "person - job title",
            "im": "person - instant messenger",
            "owner": "person - owner | organization - owner | deal - owner",
            "tags": "person - labels | person - label | organization - labels | organization - label | deal - label",
            "country": "organization - address - country of address | organization - country of address",
            "city": "organization - address - city/town/village/locality | organization - city/town/village/locality",
            "website": "organization - website",
            "linkedin": "organization - linkedin profile",
            "industry": "organization - industry",
            "stage": "deal - stage",
            "lost_reason": "deal - lost reason",
            "next_date": "person - next activity date | organization - next activity date | deal - next activity date",
            "last_date": "person - last activity date | organization - last activity date | deal - last activity date",
            "created_on": "person - person created | organization - organization created | deal - deal created",
            "remarks": "person - notes | organization - notes | note - content",
            "": "deal - status | deal - title",
        },
    ),
    Program(
        "hubspot",
        "HubSpot",
        (
            "record id | contact owner", "record id | company owner", "record id | deal owner",
            "record id | associated company", "record id | lifecycle stage", "record id - contact",
            "record id - company", "property_firstname", "property_name | property_industry",
        ),
        {
            "company": """company name | associated company | associated company (primary) | company | property_company
                | property_name | primary company | associated company names""",
            "contact": "associated contact | full name",
            "first_name": "property_firstname | first name",
            "last_name": "property_lastname | last name",
            "email": "email | property_email | work email | additional email addresses",
            "phone": "phone number | mobile phone number | property_phone | property_mobilephone",
            "whatsapp": "whatsapp phone number | property_hs_whatsapp_phone_number",
            "position": "job title | property_jobtitle",
            "owner": "contact owner | company owner | deal owner",
            "website": "website url | company domain name | property_website | property_domain",
            "linkedin": "linkedin bio | linkedin url | linkedin company page",
            "country": "country/region | country | property_country",
            "city": "city | property_city",
            "industry": "industry | property_industry",
            "kind": "type",
            "stage": "deal stage | property_dealstage",
            "status": "lead status | lifecycle stage | property_lifecyclestage | property_hs_lead_status",
            "source": "original source | original traffic source | original source type | lead source",
            "last_date": "last contacted | last activity date | property_notes_last_contacted",
            "next_date": "next activity date",
            "created_on": "create date | property_createdate",
            "lost_reason": "closed lost reason",
            "remarks": "description | message | about us | property_description",
            "": """deal name | record id | time zone | property_timezone | deal type | pipeline
                | contact unworked | last modified date""",
            "skip": "associated company ids | associated contact ids | associated deal ids | marketing contact status",
        },
    ),
    Program(
        "salesforce",
        "Salesforce",
        (
            "account name | account owner", "account name | billing country", "company / account | lead status",
            "account name | mailing country", "account id | contact id", "opportunity name | account name",
            "company / account | lead owner", "lastname | accountid", "lastname | mailingcountry",
            "account_source | billing_country", "mailing_country", "lead_source | last_name",
        ),
        {
            "company": "account name | company / account",
            "contact": "contact name | full name",
            "first_name": "first name | firstname | first_name",
            "last_name": "last name | lastname | last_name",
            "position": "title",
            "email": "email | secondary email",
            "phone": "phone | mobile | mobilephone | mobile_phone | otherphone | homephone | home_phone | other phone",
            "owner": "account owner | contact owner | lead owner | opportunity owner",
            "country": """billing country | mailing country | country | billingcountry | mailingcountry | billing_country
                | mailing_country | billing country (text only) | mailing country (text only)""",
            "city": "billing city | mailing city | billingcity | mailingcity | billing_city | mailing_city | city",
            "temperature": "rating",
            "status": "lead status | status",
            "stage": "stage | stagename | stage_name",
            "source": "lead source | leadsource | lead_source | account source",
            "website": "website",
            "industry": "industry",
            "last_date": "last activity | lastactivitydate | last_activity_date",
            "next_action": "next step | nextstep | next_step",
            "created_on": "created date | createddate | created_date",
            "remarks": "description",
            "": """type | opportunity name | close date | account number | level | shipping country | shipping city
                | shippingcountry | shipping_country | other country | other city""",
        },
    ),
    Program(
        "zoho",
        "Zoho CRM",
        (
            "record id | lead owner", "record id | contact owner", "record id | account owner", "record id | deal owner",
            "lead owner.id", "contact owner.id", "account owner.id", "deal owner.id", "lead id | lead owner",
            "contact id | contact owner", "account name.id", "skype id | email opt out",
        ),
        {
            "company": "company | account name",
            "contact": "full name | contact name | lead name",
            "position": "title | designation",
            "email": "email | secondary email",
            "phone": "phone | mobile | other phone | home phone",
            "skype": "skype id",
            "owner": "lead owner | contact owner | account owner | deal owner",
            "country": "country | mailing country | billing country",
            "city": "city | mailing city | billing city",
            "status": "lead status",
            "stage": "stage",
            "source": "lead source",
            "kind": "account type",
            "industry": "industry",
            "website": "website",
            "tags": "tag",
            "last_date": "last activity time",
            "created_on": "created time",
            "next_action": "next step",
            "lost_reason": "reason for loss",
            "remarks": "description",
            "": "rating | deal name | closing date | type | other city | other country | shipping city",
            "skip": "record id | lead owner.id | contact owner.id | account owner.id | deal owner.id | account name.id",
        },
    ),
    Program(
        "odoo",
        "Odoo",
        (
            "is a company | related company", "display name | salesperson", "complete name | email", "parent_id/id",
            "parent_id | email", "parent_id | is_company", "company type | job position | email", "opportunity | salesperson",
            "display name | related company", "company_type | country_id",
        ),
        {
            "company": "company name | related company | related company/display name | parent_id | parent_name | customer",
            "contact": "display name | complete name | name | contact name | complete_name | display_name | contact_name",
            "position": "job position | function",
            "phone": "phone | mobile",
            "email": "email | email_from",
            "owner": "salesperson | user_id",
            "country": "country | country_id | country/display name",
            "city": "city",
            "tags": "tags | category_id | tag_ids | tags/display name",
            "stage": "stage | stage_id",
            "website": "website link | website",
            "remarks": "notes | internal notes | comment",
            "next_date": "next activity deadline | activity_date_deadline",
            "next_action": "next activity summary | activity_summary",
            "created_on": "created on | create_date",
            "": "company | company_id | opportunity | is a company | company type | language | activities | type | title",
        },
    ),
    Program(
        "okki",
        "OKKI (小满)",
        (
            "客户编号 | 国家地区", "公司名称 | 客户编号", "公司名称 | 公海分组", "公司名称 | 客户星级", "公司名称 | 社交平台",
            "客户名称 | 客户编号 | 跟进人", "company name | customer no. | follower",
        ),
        {
            "company": "公司名称 | 客户名称 | company name",
            "contact": "昵称 | 联系人昵称 | 联系人 | 联系人姓名 | 主要联系人 | contact name | nickname",
            "position": "职位 | 联系人职位 | 职级",
            "email": "邮箱 | 联系人邮箱 | 主要联系人邮箱 | email",
            "phone": "联系电话 | 联系人电话 | 座机 | 电话 | tel",
            "reach": "社交平台 | 联系人社交平台 | social platform",
            "country": "国家地区 | country/region",
            "owner": "跟进人 | 当前跟进人 | follower",
            "status": "客户状态 | 客户阶段 | status",
            "source": "客户来源 | source",
            "tags": "客户标签 | 标签 | tags",
            "website": "公司网址 | 公司主页 | website",
            "buys": "主营产品 | 感兴趣的产品 | 产品分组 | 商品",
            "last_date": "最近联系时间 | 最近跟进时间 | 最近联系日期",
            "next_date": "下次跟进时间 | 下次移入公海日期提醒",
            "created_on": "创建时间 | 建档时间",
            "remarks": "公司备注 | 备注 | 联系人备注",
            "": "客户编号 | 简称 | 客户星级 | 客户分组 | 公海分组 | 下次移入公海日期 | 原跟进人 | 创建人 | 最近动态时间 | 规模 | 性别 | 生日",
        },
    ),
)  # fmt: skip
"""In the order they are tried: those with the most telling headers first."""
