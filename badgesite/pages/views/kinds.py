"""Kinds of achievement (OB 3.0 AchievementType) in words; `_` marks them for the translators."""

from collections.abc import Callable

_: Callable[[str], str] = str

KINDS = {
    "Achievement": _("Achievement"),
    "ApprenticeshipCertificate": _("Apprenticeship certificate"),
    "Assessment": _("Assessment"),
    "Assignment": _("Assignment"),
    "AssociateDegree": _("Associate degree"),
    "Award": _("Award"),
    "Badge": _("Open Badge"),
    "BachelorDegree": _("Bachelor's degree"),
    "Certificate": _("Certificate"),
    "CertificateOfCompletion": _("Certificate of completion"),
    "Certification": _("Certification"),
    "CommunityService": _("Community service"),
    "Competency": _("Competency"),
    "Course": _("Course"),
    "CoCurricular": _("Co-curricular activity"),
    "Degree": _("Degree"),
    "Diploma": _("Diploma"),
    "DoctoralDegree": _("Doctoral degree"),
    "Fieldwork": _("Fieldwork"),
    "GeneralEducationDevelopment": _("General education diploma"),
    "JourneymanCertificate": _("Journeyman certificate"),
    "LearningProgram": _("Learning programme"),
    "License": _("Licence"),
    "Membership": _("Membership"),
    "ProfessionalDoctorate": _("Professional doctorate"),
    "QualityAssuranceCredential": _("Quality assurance credential"),
    "MasterCertificate": _("Master craftsman certificate"),
    "MasterDegree": _("Master's degree"),
    "MicroCredential": _("Micro-credential"),
    "ResearchDoctorate": _("Research doctorate"),
    "SecondarySchoolDiploma": _("Secondary school diploma"),
}


def kind_in_words(achievement_type: str) -> str:
    """The message for a type; what follows `ext:` for a type of the author's own."""
    return KINDS.get(achievement_type) or achievement_type.removeprefix("ext:")
