#pragma once

// How the three portals differ. The same handlers serve them; nothing else may know which is which.

#include <array>
#include <string_view>

#include "core/permissions.h"

namespace ostiary {

enum class PortalId : std::uint8_t { kAdmin, kManager, kManage };

struct Portal {
    PortalId id;
    Door door;
    Permission permission;
    std::string_view title;       // at the top of its pages
    std::string_view home;        // "/admin/"
    std::string_view codes_path;  // list; detail is {codes_path}{id}/
    std::string_view create_path;
    std::string_view create_words;  // on the button
    bool everything;                // sees every code; otherwise the actor's scope (PERM-4)
    bool changes_used_codes;        // used codes may be edited and deleted here (CODE-6)
    bool label_required;
    std::string_view tone_inactive;  // colour token of the badge: "inactive" grey, "revoked" red
    std::string_view tone_ended;     // of expired and exhausted
    std::string_view word_ended;     // one word for both, or empty: each its own
    std::string_view word_switch_off, word_switch_on;
};

// clang-format off
inline constexpr std::array kPortals = {
    Portal{PortalId::kAdmin, Door::kAdmin, Permission::kAdminPortal, "Administration", "/admin/",
           "/admin/invite-codes/", "/admin/create-invite-code/", "Create New Invite Code",
           true, false, false, "revoked", "expired", "", "Revoke", "Reactivate"},
    Portal{PortalId::kManager, Door::kManager, Permission::kManagerPortal, "Manager Console", "/manager/",
           "/manager/invite-codes/", "/manager/create-invite-code/", "Create New Invite Code",
           false, false, false, "revoked", "expired", "", "Revoke", "Reactivate"},
    Portal{PortalId::kManage, Door::kManage, Permission::kManagePortal, "Manage", "/manage/",
           "/manage/invitations/", "/manage/invitations/new/", "New Invitation Code",
           true, true, true, "inactive", "revoked", "Expired/Exhausted", "Deactivate", "Activate"},
};
// clang-format on

constexpr const Portal& PortalOf(PortalId id) { return kPortals[static_cast<std::size_t>(id)]; }

// The portal whose pages live under this path, or null.
constexpr const Portal* PortalAt(std::string_view path) {
    for (const Portal& portal : kPortals)
        if (path.starts_with(portal.home)) return &portal;
    return nullptr;
}

}  // namespace ostiary
