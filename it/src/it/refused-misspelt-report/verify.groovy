import io.github.bitnetmaven.it.BuildLog

BuildLog.of(basedir.toPath()).says(
    "<reports> (-Dbitnet.reports) names 'markdwon', but the reports are html, markdown, junit, sarif, badge, console (or none); did you mean markdown?")
true
