import io.github.bitnetmaven.it.GitRepository
import java.nio.file.Files

def small = new File(tinyBackend)
def large = new File(basedir, 'large')
small.eachFileRecurse(groovy.io.FileType.FILES) {
    def copy = large.toPath().resolve(small.toPath().relativize(it.toPath()))
    Files.createDirectories(copy.parent)
    Files.copy(it.toPath(), copy)
}
// A table that the program carries along; what nothing refers to, the linker leaves out.
new File(large, 'server/server.c') << '''
static const char table[300000] = {1};
__attribute__((constructor)) static void look(void)
{
    volatile char seen = table[getpid() % 300000];
    (void)seen;
}
'''
GitRepository.create(basedir.toPath()).commit('one')
true
