package dev.racker.postroj;
