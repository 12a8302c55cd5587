import com.sun.net.httpserver.HttpServer

// There is no second machine here: an engine of another architecture is one whose /version says so.
def other = System.getProperty('os.arch') == 'aarch64' ? 'amd64' : 'arm64'
def engine = HttpServer.create(new InetSocketAddress('127.0.0.1', 15442), 0)
engine.createContext('/') { exchange ->
    def version = exchange.requestURI.path.endsWith('/version')
    def body = (version ? """{"ApiVersion":"1.41","Version":"20.10","Os":"linux","Arch":"$other"}""" : '{}').bytes
    exchange.responseHeaders.add('Content-Type', 'application/json')
    exchange.sendResponseHeaders(version ? 200 : 404, body.length)
    exchange.responseBody.withCloseable { it.write(body) }
}
engine.start()
context.put('engine', engine)
true
