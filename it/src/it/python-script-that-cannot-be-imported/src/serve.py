import os

import flask_that_nobody_installed

print(os.environ["MODEL_PATH"], flask_that_nobody_installed)
