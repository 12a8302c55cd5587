def page = new File(basedir, 'target/site/bitnet.html').getText('UTF-8')
assert page.contains('<b>FAIL</b>')
assert page.contains('image.tar: 1 of 2 budgets exceeded.')
assert page.contains('2,450,000')
assert page.contains('href="bitnet/report.html"')
// Pictures: one of the layers, one for each budget and component.
assert (page =~ /<svg [^>]*role="img"/).count >= 4
assert page.contains('fill="currentColor"')
assert page =~ /COPY file:[0-9a-f]{8}(…|&#x2026;) \/app\/models\/model.gguf|COPY model.gguf \/app\/models\//

def html = new File(basedir, 'target/site/bitnet/report.html')
assert html.getText('UTF-8') == new File(basedir, 'target/bitnet/report.html').getText('UTF-8')

def menu = new File(basedir, 'target/site/project-reports.html')
assert menu.exists() && menu.text.contains('Image Audit')
assert menu.text.contains('Sizes, layers, budgets and findings of the container image.')
true
