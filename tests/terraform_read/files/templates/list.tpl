%{ for one in list ~}
- ${one}
%{ endfor ~}
