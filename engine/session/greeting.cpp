#include "engine/session/greeting.h"

namespace kubetab::session {

std::string greeting() {
    return "A simulated Kubernetes 1.32 cluster. \x1b[1mkubectl\x1b[0m works as usual; \x1b[1mhelp\x1b[0m "
           "lists the rest.\r\n"
           "Paste a manifest to apply it, or try: kubectl get nodes\r\n\r\n";
}

}  // namespace kubetab::session
