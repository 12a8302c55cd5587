module bitnet-fetch

go 1.19
