return place(ARGV[1], tonumber(ARGV[2]))
