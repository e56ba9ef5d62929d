// Which buttons a code gets in which portal, by hand from the specification (CODE-5, CODE-6).

#include "pages/codes_looks.h"

#include <gtest/gtest.h>

namespace ostiary::pages {
namespace {

constexpr Millis kNow = 1'760'000'000'000;

Actor Superuser() {
    Actor actor;
    actor.account_id = "u1";
    actor.is_superuser = true;
    return actor;
}
Actor Manager() {
    Actor actor;
    actor.account_id = "u2";
    actor.is_manager = true;
    return actor;
}
Actor Staff() {
    Actor actor;
    actor.account_id = "u3";
    actor.is_staff_flag = true;
    return actor;
}

Code CodeWith(CodeStatus status, std::int64_t used) {
    Code code;
    code.id = 1;
    code.max_uses = 100;
    code.used_count = used;
    switch (status) {
        case CodeStatus::kPending: code.approval = Approval::kPending; break;
        case CodeStatus::kInactive: code.deactivated_at = kNow - 1; break;
        case CodeStatus::kExpired: code.expires_at = kNow; break;
        case CodeStatus::kExhausted: code.used_count = *code.max_uses; break;
        case CodeStatus::kScheduled: code.starts_at = kNow + 1; break;
        case CodeStatus::kWarning: code.used_count = 90; break;
        case CodeStatus::kActive: break;
    }
    return code;
}

// "edit off on delete approve reject", each as its letter or a dash; "?" where switching on asks
// for more.
std::string DeedsIn(PortalId portal, Actor actor, CodeStatus status, std::int64_t used) {
    const Config config;
    Scene scene{config};
    scene.portal = &PortalOf(portal);
    scene.actor = std::move(actor);
    scene.now = kNow;
    const Deeds deeds = DeedsOf(scene, CodeWith(status, used));
    std::string letters;
    letters += deeds.edit ? 'e' : '-';
    letters += deeds.switch_off ? 'o' : '-';
    letters += deeds.switch_on ? (deeds.asks ? '?' : 'n') : '-';
    letters += deeds.remove ? 'd' : '-';
    letters += deeds.approve ? 'a' : '-';
    letters += deeds.reject ? 'r' : '-';
    return letters;
}

TEST(CodeDeeds, ForUnusedCodesInTheAdministration) {
    const auto deeds = [](CodeStatus status) {
        return DeedsIn(PortalId::kAdmin, Superuser(), status, 0);
    };
    EXPECT_EQ(deeds(CodeStatus::kActive), "eo-d--");
    EXPECT_EQ(deeds(CodeStatus::kScheduled), "eo-d--");
    EXPECT_EQ(deeds(CodeStatus::kInactive), "--nd--");
    EXPECT_EQ(deeds(CodeStatus::kExpired), "--?d--");
    EXPECT_EQ(deeds(CodeStatus::kPending), "e--dar");
}

TEST(CodeDeeds, ForUsedCodesInTheAdministration) {
    const auto deeds = [](CodeStatus status) {
        return DeedsIn(PortalId::kAdmin, Superuser(), status, 3);
    };
    EXPECT_EQ(deeds(CodeStatus::kActive), "-o----");
    EXPECT_EQ(deeds(CodeStatus::kWarning), "-o----");
    EXPECT_EQ(deeds(CodeStatus::kInactive), "--n---");
    EXPECT_EQ(deeds(CodeStatus::kExpired), "--?---");
    EXPECT_EQ(deeds(CodeStatus::kExhausted), "-o?---");
}

TEST(CodeDeeds, ForUsedCodesInTheManagementPortal) {
    const auto deeds = [](CodeStatus status) {
        return DeedsIn(PortalId::kManage, Staff(), status, 3);
    };
    EXPECT_EQ(deeds(CodeStatus::kActive), "eo-d--");
    EXPECT_EQ(deeds(CodeStatus::kWarning), "eo-d--");
    EXPECT_EQ(deeds(CodeStatus::kInactive), "e-nd--");
    EXPECT_EQ(deeds(CodeStatus::kExpired), "e-?d--");
    EXPECT_EQ(deeds(CodeStatus::kExhausted), "eo?d--");
    EXPECT_EQ(deeds(CodeStatus::kPending), "e--d--");
}

TEST(CodeDeeds, OnlySuperusersApprove) {
    EXPECT_EQ(DeedsIn(PortalId::kManager, Manager(), CodeStatus::kPending, 0), "e--d--");
    EXPECT_EQ(DeedsIn(PortalId::kManager, Superuser(), CodeStatus::kPending, 0), "e--dar");
}

TEST(CodeBadges, HaveTheColoursOfTheirPortal) {
    const auto tone = [](PortalId portal, CodeStatus status) {
        return BadgeOf(PortalOf(portal), status).tone;
    };
    EXPECT_EQ(tone(PortalId::kManage, CodeStatus::kActive), "active");
    EXPECT_EQ(tone(PortalId::kManage, CodeStatus::kInactive), "inactive");
    EXPECT_EQ(tone(PortalId::kAdmin, CodeStatus::kInactive), "revoked");
    EXPECT_EQ(tone(PortalId::kAdmin, CodeStatus::kExpired), "expired");
    EXPECT_EQ(tone(PortalId::kManage, CodeStatus::kExpired), "revoked");
    EXPECT_EQ(tone(PortalId::kAdmin, CodeStatus::kWarning), "warning");
    EXPECT_EQ(BadgeOf(PortalOf(PortalId::kManage), CodeStatus::kExhausted).word,
              "Expired/Exhausted");
    EXPECT_EQ(BadgeOf(PortalOf(PortalId::kAdmin), CodeStatus::kExhausted).word, "Exhausted");
}

}  // namespace
}  // namespace ostiary::pages
