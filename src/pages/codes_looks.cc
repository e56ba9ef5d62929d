#include "pages/codes_looks.h"

#include <cstdlib>

#include "core/authority.h"
#include "http/forms.h"
#include "pages/language.h"
#include "pages/render.h"
#include "pages/words.h"
#include "util/text.h"

namespace ostiary::pages {
namespace {

// clang-format off
constexpr std::array kFullColumns = {   // ADM-1
    Column{"code", N("Code")}, Column{"creator", N("Created By")}, Column{"role", N("Role")}, Column{"group", N("Task Group")},
    Column{"uses", N("Usage")}, Column{"state", N("Status")}, Column{"expires", N("Expires")}, Column{"created", N("Created")},
};
constexpr std::array kShortColumns = {  // MNG-1
    Column{"label", N("Label")}, Column{"email", N("Email")}, Column{"uses", N("Uses")}, Column{"expires", N("Expires")},
    Column{"status", N("Status")},
};

constexpr std::array kLooks = {
    PortalLook{PortalId::kAdmin, kFullColumns, N("Invite Codes"), N("invite code"), N("Create Invite Code"),
               FormSize::kFull, SwitchOff::kAfterAsking},
    PortalLook{PortalId::kManager, kFullColumns, N("Invite Codes"), N("invite code"), N("Create Invite Code"),
               FormSize::kFull, SwitchOff::kAfterAsking},
    PortalLook{PortalId::kManage, kShortColumns, N("Invitation Codes"), N("invitation code"), N("Create Code"),
               FormSize::kShort, SwitchOff::kAtOnce},
};
// clang-format on

consteval bool EveryPortalHasOneLookInOrder() {
    for (std::size_t i = 0; i < kLooks.size(); ++i)
        if (static_cast<std::size_t>(kLooks[i].portal) != i) return false;
    return kLooks.size() == kPortals.size();
}
static_assert(EveryPortalHasOneLookInOrder());

std::string_view IconOf(CodeStatus status) {
    switch (status) {
        case CodeStatus::kPending: return "hourglass";
        case CodeStatus::kInactive: return "pause";
        case CodeStatus::kExpired: return "clock";
        case CodeStatus::kExhausted: return "full";
        case CodeStatus::kScheduled: return "calendar";
        case CodeStatus::kWarning: return "alert";
        case CodeStatus::kActive: return "check";
    }
    std::abort();
}

std::string_view ToneOf(const Portal& portal, CodeStatus status) {
    switch (status) {
        case CodeStatus::kPending: return "pending";
        case CodeStatus::kInactive: return portal.tone_inactive;
        case CodeStatus::kExpired:
        case CodeStatus::kExhausted: return portal.tone_ended;
        case CodeStatus::kScheduled: return "usable";
        case CodeStatus::kWarning: return "warning";
        case CodeStatus::kActive: return "active";
    }
    std::abort();
}

void SetUsage(View& view, const Code& code, CodeStatus status) {
    view.Set("USES", Uses(code.used_count, code.max_uses))
        .Set("USES_WORDS", UsesInWords(code.used_count, code.max_uses));
    view.Flag("LIMITED", code.max_uses.has_value());
    view.Set("USED", code.used_count).Set("MOST_USES", code.max_uses.value_or(0));
    view.Set("BAR_TONE", status == CodeStatus::kWarning     ? "warning"
                         : status == CodeStatus::kExhausted ? "full"
                                                            : "plain");
}

// A letter to whoever is invited, as what follows "mailto:"; empty for who may not know the link.
std::string MailTo(const Scene& scene, const Code& code) {
    const std::string link = RegistrationUrl(scene.config, code);
    if (link.empty()) return {};
    std::string address = EncodeQueryValue(code.email);
    if (const auto at = address.rfind("%40"); at != address.npos) address.replace(at, 3, "@");
    const std::string subject = T("Your invitation to {}", scene.config.site_name);
    const std::string greeting = code.name.empty() ? T("Hello,") : T("Hello {},", code.name);
    std::string body =
        greeting + "\r\n\r\n" +
        T("you are invited to {}. Open this link to make your account:", scene.config.site_name) +
        "\r\n" + link + "\r\n\r\n" +
        T("Or go to {} and enter the code {}.", scene.config.BaseUrl() + "/register/",
          CodeForTheEye(code.shown)) +
        "\r\n";
    if (code.expires_at)
        body += T("It works until {}.", MomentInWords(*code.expires_at, scene.time_zone) + " (" +
                                            ZoneName(scene.time_zone) + ")") +
                "\r\n";
    return address + "?subject=" + EncodeQueryValue(subject) + "&body=" + EncodeQueryValue(body);
}

void SetDeeds(View& view, const Scene& scene, const Code& code) {
    const Deeds deeds = DeedsOf(scene, code);
    const PortalLook& look = LookOf(*scene.portal);
    const std::string path = CodePath(*scene.portal, code.id);
    view.Flag("MAY_EDIT", deeds.edit).Flag("MAY_DELETE", deeds.remove);
    view.Flag("WAITS_FOR_OTHERS",
              StatusAt(code, scene.now) == CodeStatus::kPending && !deeds.approve);
    view.Flag("MAY_APPROVE", deeds.approve).Flag("MAY_REJECT", deeds.reject);
    view.Flag("OFF_AT_ONCE", deeds.switch_off && look.switch_off == SwitchOff::kAtOnce);
    view.Flag("OFF_ASKS", deeds.switch_off && look.switch_off == SwitchOff::kAfterAsking);
    view.Flag("ON_AT_ONCE", deeds.switch_on && !deeds.asks)
        .Flag("ON_ASKS", deeds.switch_on && deeds.asks);
    view.Set("OFF_WORD", T(scene.portal->word_switch_off))
        .Set("ON_WORD", T(scene.portal->word_switch_on));
    view.Set("CODE_URL", path).Set("OFF_URL", path + "revoke/").Set("ON_URL", path + "reactivate/");
    view.Set("DELETE_URL", path + "delete/")
        .Set("APPROVE_URL", path + "approve/")
        .Set("REJECT_URL", path + "reject/");
    view.Set("QR_URL", path + "qr/").Set("EXTEND_URL", path + "extend/");
    view.Flag("MAY_EXTEND", deeds.edit && code.expires_at && *code.expires_at > scene.now);
    view.Set("MAIL_REST", MailTo(scene, code));
}

}  // namespace

const PortalLook& LookOf(const Portal& portal) {
    return kLooks[static_cast<std::size_t>(portal.id)];
}

Badge BadgeOf(const Portal& portal, CodeStatus status) {
    const bool ended = status == CodeStatus::kExpired || status == CodeStatus::kExhausted;
    return {ToneOf(portal, status), IconOf(status),
            ended && !portal.word_ended.empty() ? T(portal.word_ended) : WordOf(status)};
}

Deeds DeedsOf(const Scene& scene, const Code& code) {
    if (!scene.May(Permission::kCodesWrite) || scene.portal == nullptr) return {};
    const CodeStatus status = StatusAt(code, scene.now);
    const bool open = scene.portal->changes_used_codes;
    const bool unlocked = open || code.used_count == 0;
    const bool is_own = scene.actor && IsOwn(*scene.actor, code);
    const bool approver = scene.May(Permission::kCodesApprove) && !is_own;
    const bool running = IsUsable(status) || status == CodeStatus::kScheduled;
    Deeds deeds;
    deeds.edit = open || ((running || status == CodeStatus::kPending) && unlocked);
    deeds.remove = unlocked;
    deeds.switch_off = running || status == CodeStatus::kExhausted;
    deeds.switch_on = code.approval == Approval::kApproved &&
                      (status == CodeStatus::kInactive || status == CodeStatus::kExpired ||
                       status == CodeStatus::kExhausted);
    deeds.asks = (code.expires_at && *code.expires_at <= scene.now) ||
                 (code.max_uses && code.used_count >= *code.max_uses);
    deeds.approve = approver && code.approval != Approval::kApproved;
    deeds.reject = approver && status == CodeStatus::kPending;
    return deeds;
}

void SetCode(View& view, const Scene& scene, const Code& code) {
    const Catalogue& catalogue = scene.catalogue();
    const CodeStatus status = StatusAt(code, scene.now);
    const Badge badge = BadgeOf(*scene.portal, status);
    view.Set("CODE_LABEL", NameOf(code)).Set("CODE_EMAIL", code.email);
    view.Set("CODE_NAME", code.name).Set("CODE_NOTES", code.notes);
    view.Set("CODE_VERSION", code.version);
    view.Set("CODE_EYE", CodeForTheEye(code.shown))
        .Set("CODE_COPY", code.shown)
        .Set("LINK", RegistrationUrl(scene.config, code));
    view.Set("ROLE", RoleLabel(catalogue, code.role))
        .Set("TASK_GROUP", TaskGroupLabel(catalogue, code.task_group));
    view.Set("GRANTS", GrantsInShort(catalogue, code.role, code.task_group, code.aircraft_roles));
    view.Set("CREATOR", code.created_by.empty() ? T("the console") : code.created_by);
    view.Set("TONE", badge.tone)
        .Set("ICON", badge.icon)
        .Set("STATUS", badge.word)
        .Flag("USABLE", IsUsable(status));
    view.Flag("REJECTED", code.approval == Approval::kRejected);
    const auto days = ExpiresInDays(code, scene.now);
    view.Set("EXPIRES_SOON", days ? ExpiresIn(*days) : "");
    SetMoment(view, "EXPIRES", code.expires_at, scene);
    SetMoment(view, "CREATED", code.created_at, scene);
    SetMoment(view, "LAST_USED", code.last_used_at, scene);
    SetUsage(view, code, status);
    SetDeeds(view, scene, code);
}

std::string CodePath(const Portal& portal, CodeId id) {
    return std::string(portal.codes_path) + std::to_string(id) + "/";
}

}  // namespace ostiary::pages
