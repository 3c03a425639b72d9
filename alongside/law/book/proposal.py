"""PROPOSAL, NOT LAW: what the white paper of February 2026 would ask, for a trust to look at early.

'Every child achieving and thriving' and its consultation, closed on 18 May 2026. A Bill was announced and, when this
was last checked, not introduced. Days are the earliest that were named. Nothing here holds before they come, and
nothing here holds unless it is enacted.
"""

from datetime import date

from alongside.law.rule import Band, Confidence, Counting, Rule, Unit
from alongside.law.sources import proposal

_PLANS = date(2029, 9, 1)
_EHC = date(2030, 9, 1)
_IN = Counting.INCLUSIVE

RULES = (
    Rule(
        "ISP-01", "An Individual Support Plan",
        "Every child with SEND above the universal layer would have a digital plan, made with the parents and drawn "
        "from a national framework.",
        "schools, nurseries and colleges", proposal("Individual Support Plans"), confidence=Confidence.REPORTED,
        in_force_from=_PLANS, band=Band.FAMILY,
    ),
    Rule(
        "ISP-02", "An Individual Support Plan is reviewed",
        "At least every 12 months, with the parents.",
        "the school", proposal("Individual Support Plans"), 12, Unit.MONTHS, "the plan was made or last reviewed", _IN,
        confidence=Confidence.REPORTED, in_force_from=_PLANS, band=Band.FAMILY,
    ),
    Rule(
        "LAY-01", "Four layers of support",
        "Universal, Targeted, Targeted Plus and Specialist, beside the codes N, K and E: the code list LAYERS.",
        "the school", proposal("layers of support"), confidence=Confidence.REPORTED, in_force_from=_PLANS,
    ),
    Rule(
        "SPP-01", "A plan made from a provision package",
        "A plan at the Specialist layer would follow a national Specialist Provision Package and template.",
        "the local authority", proposal("Specialist Provision Packages"), confidence=Confidence.REPORTED,
        in_force_from=_EHC,
    ),
    Rule(
        "AR-01", "Plan reviewed at the change of phase",
        "A plan would be reviewed at the end of each key stage in place of every year, and a parent could ask for it "
        "earlier; every year in the early years and after 16.",
        "the local authority", proposal("reviews of plans"), confidence=Confidence.REPORTED, in_force_from=_EHC,
    ),
    Rule(
        "STD-01", "A published inclusion strategy",
        "Each school would publish how it meets national inclusion standards.",
        "the trust", proposal("National Inclusion Standards"), confidence=Confidence.REPORTED, in_force_from=_PLANS,
    ),
    Rule(
        "CMP-01", "A SEND specialist on a complaints panel",
        "A panel on a SEND complaint would have an independent SEND specialist.",
        "the trust", proposal("complaints"), confidence=Confidence.REPORTED, in_force_from=_PLANS,
    ),
)  # fmt: skip
