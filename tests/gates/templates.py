"""Every field that holds words, of every kind of file, as it is before it is attacked."""

SITE = """\
title: Words
base_url: https://badges.example.edu/
formerly: [https://former.example.edu/]
languages: [en]
publish: [ob2]
theme: default
colours:
  {accent: "#1f4a6d", paper: "#f7f6f2", ink: "#1d252e", dark: {accent: "#9cc7ea", paper: "#12171d", ink: "#e7e9ec"}}
logo: site.svg
footer: Words
fonts: [font-roboto]
visibility: public
basis: {kind: request, reference: Words}
certificate: {title: Words, notice: Words}
contact: {email: badges@example.edu}
accessibility: {declaration: "https://www.example.edu/", feedback: access@example.edu}
"""

ISSUER = """\
name: Words
url: https://www.example.edu
email: badges@example.edu
description: Words
image: logo.svg
address: {country: IT, region: Words, locality: Words, postal_code: Words, street: Words}
telephone: Words
units: {office: Words}
"""

BADGE = """\
issuer: NAME
unit: office
category: NAME
name: Words
description: Words
criteria: Words
image: badge.svg
image_alt: Words
achievement_type: ext:Words
skills: [{name: Words, url: "https://www.example.org/", framework: Words, code: Words, description: Words}]
microcredential:
  workload: Words
  assessment: Words
  participation: Words
  quality_assurance: Words
  prerequisites: Words
  supervision: Words
  stackable: Words
  further_information: Words
result: {name: Words, values: [{id: one, name: Words}]}
valid_for: 90 years
part_of: [NEXT]
replaces: LAST
formerly: [NAME-former]
approvals: [{status: approved, body: Words, date: 2022-01-01, reference: Words}]
amended: [{date: 2024-01-01, note: Words}]
notice: Words
"""

BATCH = """\
badge: NAME
date: 2024-01-01
base: https://badges.example.edu/
activity: {name: Words, url: "https://www.example.org/"}
awards:
- id: 3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f00AT
  recipient:
    identity: sha256$9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c00AT
    salt: 5e0d5e0d5e0d5e0d5e0d5e0d5e0d00AT
  name: Words
  language: en
  group: NAME
  unit: office
  result: one
  narrative: Words
  evidence: ["https://www.example.org/"]
- id: 3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f11AT
  recipient:
    identity: sha256$9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c9b1c11AT
    salt: 5e0d5e0d5e0d5e0d5e0d5e0d5e0d11AT
  name: Words
  revoked: {date: 2024-02-01, reason: Words}
"""

PAGE = """\
# INJECTION

INJECTION

- INJECTION

> INJECTION

## INJECTION
"""
