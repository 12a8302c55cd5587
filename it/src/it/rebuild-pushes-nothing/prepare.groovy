// A certificate of our own, with which nothing is signed, beside what this machine needs; and an index of Python packages
// with a login, which nobody asks for.
def options = (network ?: '').tokenize()
def valueOf = { name -> options.find { it.startsWith("-D$name=") }?.replaceFirst('[^=]*=', '') }
def machine = valueOf('bitnet.caCertificates')
def certificate = new File(basedir, 'acme.pem').text
new File(basedir, 'trusted.pem').text = certificate + (machine ? new File(machine).text : '')
def index = valueOf('docker.buildArg.PIP_INDEX_URL') ?: 'https://pypi.org/simple'
new File(basedir, '.mvn').mkdir()
new File(basedir, '.mvn/maven.config').text = """-Dbitnet.caCertificates=trusted.pem
-Ddocker.buildArg.PIP_INDEX_URL=${index.replaceFirst('://([^@/]*@)?', '://reader:s3cret-of-the-index@')}
"""
true
