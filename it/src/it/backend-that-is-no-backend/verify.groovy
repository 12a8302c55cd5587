import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says('is neither a source tree of BitNet.cpp (CMakeLists.txt and 3rdparty/llama.cpp/) nor one of llama.cpp (CMakeLists.txt and ggml/). Set <backend><directory> (-Dbitnet.backend.directory) to the root of such a tree.')
true
