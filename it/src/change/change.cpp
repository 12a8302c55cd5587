// Changes files, in images that have nothing else which could: change chmod /a remove /b file /c directory /d link /e
#include <filesystem>
#include <fstream>
#include <string>

namespace fs = std::filesystem;

int main(int count, char** words) {
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string what = words[i];
        const fs::path path = words[i + 1];
        if (what == "chmod") {
            fs::permissions(path, fs::perms::owner_all);
        } else if (what == "remove") {
            fs::remove_all(path);
        } else if (what == "directory") {
            fs::create_directory(path);
        } else if (what == "file") {
            std::ofstream(path) << "new";
        } else if (what == "link") {
            fs::create_hard_link(path, path.string() + "-link");
        } else if (what == "symlink") {
            fs::create_symlink("somewhere", path);
        } else {
            return 1;
        }
    }
}
