#pragma once

// What one person is told.

#include <vector>

#include "core/notifications.h"
#include "pages/scene.h"
#include "pages/view.h"

namespace ostiary::pages {

struct NotificationsPage {  // account/notifications
    std::vector<Notification> notifications;
};
View ViewOf(const Scene&, const NotificationsPage&);

}  // namespace ostiary::pages
